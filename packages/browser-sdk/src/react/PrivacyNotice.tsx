import { type CSSProperties, type FocusEvent, type ReactElement, type ReactNode, useId, useRef } from 'react'
import { useConsent } from './useConsent.ts'

export interface PrivacyNoticeProps {
  /** Heading, and the name of the region. Default "Your privacy". */
  title?: ReactNode
  /** What the visitor is asked. Default: what this SDK does, in two sentences. */
  children?: ReactNode
  /** Default "Accept". */
  acceptLabel?: ReactNode
  /** Default "Decline". */
  declineLabel?: ReactNode
  /** Address of the privacy policy. Without it there is no link. */
  policyHref?: string
  /** Default "Privacy policy". */
  policyLabel?: ReactNode
  /** Told the decision, for the application to remember: the notice keeps nothing, on any device. */
  onDecide?: (consent: 'granted' | 'denied') => void
  className?: string
  /** Goes over the only style there is: fixed to the lower edge, so that the page below does not move. */
  style?: CSSProperties
}

const OUT_OF_FLOW: CSSProperties = { position: 'fixed', insetInline: 0, bottom: 0 }

const QUESTION =
  'With your consent we measure how well this site works and record how it is used. ' +
  'What you type and other personal data is masked before anything is sent.'

/**
 * Asks for consent while it is `pending`, and is gone otherwise: after a decision, on servers, and where the browser's
 * privacy signal has decided. It takes no focus by itself and gives it back where it came from. Style it by
 * `className`, and its parts by `[data-part="title" | "text" | "policy" | "actions" | "decline" | "accept"]`.
 * @example
 * initObservability({ …, consent: readDecision() ?? 'pending' })
 * <PrivacyNotice className="notice" policyHref="/privacy" onDecide={storeDecision} />
 */
export const PrivacyNotice = ({
  title = 'Your privacy',
  children = QUESTION,
  acceptLabel = 'Accept',
  declineLabel = 'Decline',
  policyHref,
  policyLabel = 'Privacy policy',
  onDecide,
  className,
  style,
}: PrivacyNoticeProps): ReactElement | null => {
  const [consent, setConsent] = useConsent()
  const id = useId()
  const cameFrom = useRef<HTMLElement | null>(null)
  if (consent !== 'pending') return null

  const noteOrigin = ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) => {
    if (relatedTarget instanceof HTMLElement && !currentTarget.contains(relatedTarget))
      cameFrom.current = relatedTarget
  }
  const decide = (decision: 'granted' | 'denied') => () => {
    setConsent(decision)
    onDecide?.(decision)
    // The focused button is gone: without this a keyboard user starts over at the top of the page.
    cameFrom.current?.focus()
  }

  return (
    <section
      aria-labelledby={`${id}title`}
      aria-describedby={`${id}text`}
      onFocus={noteOrigin}
      className={className}
      style={{ ...OUT_OF_FLOW, ...style }}
    >
      <h2 id={`${id}title`} data-part="title">
        {title}
      </h2>
      <div id={`${id}text`} data-part="text">
        {children}
      </div>
      {policyHref !== undefined && (
        <a href={policyHref} data-part="policy">
          {policyLabel}
        </a>
      )}
      <div data-part="actions">
        <button type="button" data-part="decline" onClick={decide('denied')}>
          {declineLabel}
        </button>
        <button type="button" data-part="accept" onClick={decide('granted')}>
          {acceptLabel}
        </button>
      </div>
    </section>
  )
}

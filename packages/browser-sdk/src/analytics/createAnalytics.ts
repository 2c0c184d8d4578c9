import type { SessionInfo } from '@acme/observe-schema/types'
import type { Pages } from '../core/Pages.ts'
import type { UmamiOptions } from '../options/ObserveOptions.ts'
import type { Environment } from '../runtime/environment.ts'
import { isOwnEvent } from '../signals/isOwnEvent.ts'
import type { RawPage, Signal } from '../signals/Signal.ts'
import type { AnalyticsStatus, SendPayload } from './Analytics.ts'
import { sendDirectly } from './sendDirectly.ts'
import { type UmamiEvent, umamiPayload } from './umamiPayload.ts'
import { umamiUrls } from './umamiUrls.ts'

/** Applications set the title after the address; a page view waits this long for it, in milliseconds. */
const TITLE_DELAY_MS = 300

/** Most page views and events that wait for consent. */
const MAX_WAITING = 100

export interface AnalyticsDependencies {
  options: UmamiOptions | undefined
  environment: Pick<Environment, 'post'>
  pages: Pages
  /** The session that is counted with its first page, by its page view or before this was there. */
  counted: string | undefined
  maySend: () => boolean
}

type Waiting = Omit<UmamiEvent, 'path' | 'title'> & { type: 'event' | 'identify'; page: RawPage }

/** Page views and events on their way to Umami. */
export interface Analytics {
  /** Takes page views and business events; everything else is none of Umami's business. */
  add: (signal: Signal, session: SessionInfo) => void
  /** Sends what waits. Synchronous up to the request, so that it may be called when the page ends. */
  flush: () => void
  clear: () => void
  status: () => AnalyticsStatus
}

/** Script mode is rare and loads a script anyway: its code comes when it is asked for. */
const sendByScriptLater = (options: UmamiOptions): SendPayload => {
  const ready = import('./sendByScript.ts').then(({ sendByScript }) =>
    sendByScript(options, umamiUrls(options)[1]),
  )
  return (type, payload) => ready.then((send) => send(type, payload)).catch(() => false)
}

export const createAnalytics = ({
  options: asked,
  environment,
  pages,
  counted,
  maySend,
}: AnalyticsDependencies): Analytics => {
  const options = asked?.domains?.includes(location.hostname) === false ? undefined : asked
  const status: AnalyticsStatus = { state: options ? 'waiting' : 'off', sent: 0 }
  let send: SendPayload | undefined
  let waiting: Waiting[] = []
  let referrer = document.referrer
  let timer: ReturnType<typeof setTimeout> | undefined

  const flush = () => {
    clearTimeout(timer)
    if (!options || !maySend()) return
    send ??= options.mode === 'script' ? sendByScriptLater(options) : sendDirectly(options, environment)
    for (const { type, page, ...event } of waiting.splice(0)) {
      const { path, title = '' } = page === pages.current.info ? { ...page, title: document.title } : page
      const payload = umamiPayload(options, { path, title, ...event })
      void send(type, payload).then((arrived) => {
        status.state = arrived ? 'sending' : 'blocked'
        if (arrived) status.sent++
      })
    }
  }

  const add: Analytics['add'] = (signal, session) => {
    if (!options) return
    const { type, page, details: { name, properties: data } = {} } = signal
    const { id: sessionId } = session
    const isView = type === 'page-view'
    // A session that begins in the middle of a page is counted with that page.
    if (sessionId !== counted) {
      counted = sessionId
      if (!isView) add({ type: 'page-view', page } as Signal, session)
    }
    const isIdentify = type === 'custom' && signal.name === 'identify'
    if (!isView && !isIdentify && (type !== 'custom' || isOwnEvent(signal))) return
    waiting.push({ type: isIdentify ? 'identify' : 'event', page, sessionId, referrer, name, data })
    waiting = waiting.slice(-MAX_WAITING)
    if (isView) referrer = location.origin + page.path
    clearTimeout(timer)
    timer = setTimeout(flush, TITLE_DELAY_MS)
  }
  return {
    add,
    flush,
    clear: () => {
      waiting = []
      counted = undefined
      // Where the visitor came from and Umami's token are forgotten as well.
      referrer = ''
      send = undefined
    },
    status: () => ({ ...status }),
  }
}

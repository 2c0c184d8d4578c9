import type { Observability } from '../../core/Observability.ts'
import { describeStatus } from './describeStatus.ts'
import { OVERLAY_STYLES } from './overlayStyles.ts'
import { watchVitals } from './watchVitals.ts'

/** How often an open overlay looks at the status. */
const REFRESH_MS = 500

/** In the global registry of symbols, so that a module replaced by HMR finds the overlay of its predecessor. */
const KEY = Symbol.for('@acme/observe-browser/overlay')
const registry = globalThis as { [KEY]?: Overlay | undefined }

export interface OverlayOptions {
  /**
   * True opens the panel at once, which then may itself be the largest paint of a small page. Default false: a button in
   * the corner, and the shortcut.
   */
  isOpen?: boolean
  /** The key, as `KeyboardEvent.code` names it, that opens and closes the panel with Alt and Shift. Default `KeyO`. */
  shortcut?: string
}

export interface Overlay {
  /** Removes the overlay and its listeners. */
  remove: () => void
}

const element = (
  name: string,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElement => {
  const created = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) created.setAttribute(key, value)
  created.append(...children)
  return created
}

const styleSheet = (): CSSStyleSheet => {
  // Unlike a style element, it needs no exception from a strict Content Security Policy.
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(OVERLAY_STYLES)
  return sheet
}

/**
 * Shows how the SDK is doing on the page itself: session, vitals, queue, drops, replay and analytics. For development
 * only: import it dynamically behind a condition that a production build can decide, and none of it is shipped.
 * Alt+Shift+O opens and closes it, Escape inside it closes it. A second call replaces the first overlay.
 * @example
 * if (import.meta.env.DEV) {
 *   import('@acme/observe-browser/overlay').then(({ showOverlay }) => showOverlay(observe))
 * }
 */
export const showOverlay = (
  observe: Observability,
  { isOpen = false, shortcut = 'KeyO' }: OverlayOptions = {},
): Overlay => {
  registry[KEY]?.remove()
  const vitals = watchVitals()
  const content = element('div')
  const panel = element(
    'section',
    { id: 'panel', 'aria-label': 'Observability, development only', tabindex: '0' },
    content,
  )
  const key = shortcut.replace(/^(?:Key|Digit)/, '')
  const button = element(
    'button',
    {
      type: 'button',
      'aria-controls': 'panel',
      'aria-keyshortcuts': `Alt+Shift+${key}`,
      title: `Alt+Shift+${key}`,
    },
    'observe',
  )
  // Nothing of it belongs into a recording of the application.
  const host = element('observe-overlay', { 'data-observe-mask': '', 'data-openreplay-hidden': '' })
  const shadow = host.attachShadow({ mode: 'open' })
  shadow.adoptedStyleSheets = [styleSheet()]
  shadow.append(panel, button)

  let shown = ''
  const isClosed = () => panel.hidden === true
  const refresh = () => {
    if (isClosed()) return
    const groups = describeStatus(observe, vitals)
    const now = JSON.stringify(groups)
    // Left alone while nothing changes: a selection stays.
    if (now === shown) return
    shown = now
    content.replaceChildren(
      ...groups.flatMap(({ title, lines }) => [
        element('h2', {}, title),
        element(
          'dl',
          {},
          ...lines.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
        ),
      ]),
    )
  }
  const toggle = (open: boolean) => {
    const hadFocus = shadow.activeElement === panel
    panel.hidden = !open
    button.setAttribute('aria-expanded', String(open))
    refresh()
    if (!open && hadFocus) button.focus()
  }
  const onKey = ({ altKey, shiftKey, code }: KeyboardEvent) => {
    if (altKey && shiftKey && code === shortcut) toggle(isClosed())
  }

  button.addEventListener('click', () => toggle(isClosed()))
  panel.addEventListener('keydown', (event) => event.key === 'Escape' && toggle(false))
  window.addEventListener('keydown', onKey)
  const timer = setInterval(refresh, REFRESH_MS)
  toggle(isOpen)
  document.documentElement.append(host)

  const overlay: Overlay = {
    remove: () => {
      clearInterval(timer)
      window.removeEventListener('keydown', onKey)
      host.remove()
      if (registry[KEY] === overlay) registry[KEY] = undefined
    },
  }
  registry[KEY] = overlay
  return overlay
}

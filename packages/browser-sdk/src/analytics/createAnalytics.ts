import type { SessionInfo } from '@acme/observe-schema/types'
import type { UmamiOptions } from '../options/ObserveOptions.ts'
import type { Environment } from '../runtime/environment.ts'
import type { Signal } from '../signals/Signal.ts'
import type { AnalyticsStatus, SendPayload } from './Analytics.ts'
import { sendDirectly } from './sendDirectly.ts'
import { type UmamiEvent, umamiPayload } from './umamiPayload.ts'

/** Applications set the title after the address; a page view waits this long for it, in milliseconds. */
const TITLE_DELAY_MS = 300

/** Most page views and events that wait for consent. */
const MAX_WAITING = 100

export interface AnalyticsDependencies {
  options: UmamiOptions | undefined
  environment: Pick<Environment, 'post'>
  maySend: () => boolean
}

type Waiting = Omit<UmamiEvent, 'title'> & { type: 'event' | 'identify'; title?: string }

/** Page views and events on their way to Umami. */
export interface Analytics {
  /** Takes page views and business events; everything else is none of Umami's business. */
  add: (signal: Signal, session: SessionInfo) => void
  /** Sends what waits. Synchronous up to the request, so that it may be called when the page ends. */
  flush: () => void
  clear: () => void
  status: () => AnalyticsStatus
}

const OFF: Analytics = {
  add: () => {},
  flush: () => {},
  clear: () => {},
  status: () => ({ state: 'off', sent: 0 }),
}

/** Script mode is rare and loads a script anyway: its code comes when it is asked for. */
const sendByScriptLater = (options: UmamiOptions): SendPayload => {
  const ready = import('./sendByScript.ts').then(({ sendByScript }) => sendByScript(options))
  return (type, payload) => ready.then((send) => send(type, payload)).catch(() => false)
}

export const createAnalytics = ({ options, environment, maySend }: AnalyticsDependencies): Analytics => {
  if (!options || (options.domains && !options.domains.includes(location.hostname))) return OFF
  const status: AnalyticsStatus = { state: 'waiting', sent: 0 }
  let send: SendPayload | undefined
  let waiting: Waiting[] = []
  let referrer = document.referrer
  let timer: ReturnType<typeof setTimeout> | undefined

  const flush = () => {
    clearTimeout(timer)
    if (!maySend()) return
    send ??= options.mode === 'script' ? sendByScriptLater(options) : sendDirectly(options, environment)
    for (const { type, ...event } of waiting.splice(0)) {
      const payload = umamiPayload(options, { title: document.title, ...event })
      void send(type, payload).then((arrived) => {
        status.state = arrived ? 'sending' : 'blocked'
        if (arrived) status.sent++
      })
    }
  }

  return {
    add: (signal, { id: sessionId }) => {
      if (signal.type !== 'page-view' && signal.type !== 'custom') return
      const { path } = signal.page
      const { name, properties: data } = signal.details ?? {}
      const isIdentify = signal.type === 'custom' && signal.name === 'identify'
      // Events of our own, such as slow requests, bear no name of the application's.
      if (signal.type === 'custom' && !isIdentify && name === undefined) return
      const event: Waiting = {
        type: isIdentify ? 'identify' : 'event',
        path,
        sessionId,
        referrer,
        name,
        data,
      }
      // What came before this one was seen under the title that the page has now.
      waiting = [...waiting.map((earlier) => ({ title: document.title, ...earlier })), event].slice(
        -MAX_WAITING,
      )
      if (signal.type === 'page-view') referrer = location.origin + path
      clearTimeout(timer)
      timer = setTimeout(flush, TITLE_DELAY_MS)
    },
    flush,
    clear: () => {
      waiting = []
      // Where the visitor came from and Umami's token are forgotten as well.
      referrer = ''
      send = undefined
    },
    status: () => ({ ...status }),
  }
}

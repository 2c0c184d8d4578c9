import type { UmamiOptions } from '../options/ObserveOptions.ts'
import type { SendPayload } from './Analytics.ts'

interface Umami {
  track: (payload: object) => Promise<unknown>
  identify: (id: string, data?: object) => Promise<unknown>
}

const umami = () => (window as { umami?: Umami }).umami

/**
 * Injects Umami's own script, once, and lets it send what we have sanitized. Its automatic page views stay off: it
 * misses `popstate` and the back/forward cache, and it would send titles and addresses as they are.
 */
export const sendByScript = ({ websiteId, host, tag }: UmamiOptions, address: string): SendPayload => {
  const ready = new Promise<Umami>((resolve, reject) => {
    const running = umami()
    if (running) return resolve(running)
    const script = document.createElement('script')
    // The script reads its attributes from `document.currentScript` when it runs, so they are set before it is added.
    Object.assign(script.dataset, {
      websiteId,
      hostUrl: host.replace(/\/$/, ''),
      autoTrack: 'false',
      ...(tag && { tag }),
    })
    script.src = address
    script.onload = () => {
      const loaded = umami()
      loaded ? resolve(loaded) : reject(new Error('the script is no Umami tracker'))
    }
    script.onerror = () => reject(new Error('the script cannot be loaded'))
    document.head.append(script)
  })
  ready.catch(() => {})
  return async (type, payload) => {
    try {
      const tracker = await ready
      await (type === 'identify' ? tracker.identify(payload.id, payload.data) : tracker.track(payload))
      return true
    } catch {
      return false
    }
  }
}

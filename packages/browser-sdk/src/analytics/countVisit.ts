import type { UmamiOptions } from '../options/ObserveOptions.ts'
import type { Environment } from '../runtime/environment.ts'

/**
 * Tells Umami of a page view without what would have to be masked first, for a page that ends before the masking rules are
 * there. Not in script mode: its script is not there either.
 */
export const countVisit = (
  { websiteId, host, endpoint = '/api/send', domains, mode, tag }: UmamiOptions,
  sessionId: string,
  path: string,
  { post }: Pick<Environment, 'post'>,
): void => {
  const { hostname } = location
  if (mode === 'script' || (domains && !domains.includes(hostname))) return
  const { width, height } = screen
  const payload = {
    website: websiteId,
    hostname,
    screen: `${width}x${height}`,
    language: navigator.language,
    url: path,
    id: sessionId,
    ...(tag && { tag }),
  }
  const url = host.replace(/\/$/, '') + endpoint
  post(url, JSON.stringify({ type: 'event', payload }), { keepalive: true }).catch(() => {})
}

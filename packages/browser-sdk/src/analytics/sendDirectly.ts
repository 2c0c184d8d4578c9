import type { UmamiOptions } from '../options/ObserveOptions.ts'
import type { Environment } from '../runtime/environment.ts'
import type { SendPayload } from './Analytics.ts'
import { umamiUrls } from './umamiUrls.ts'

/**
 * Speaks Umami's `/api/send` without its script. As text, which Umami reads as JSON all the same and which needs no
 * preflight. Umami's own session token goes back to it only on the page's own origin, where a header costs nothing, and only
 * with the session it was given for: it decides the visit.
 */
export const sendDirectly = (options: UmamiOptions, { post }: Pick<Environment, 'post'>): SendPayload => {
  const url = new URL(umamiUrls(options)[0], location.href)
  let given: { id: string; token: string } | undefined
  return async (type, payload) => {
    try {
      const response = await post(url.href, JSON.stringify({ type, payload }), {
        keepalive: true,
        headers:
          given?.id === payload.id && url.origin === location.origin ? { 'x-umami-cache': given.token } : {},
      })
      const answer = response.ok && (await response.json())
      if (answer.cache) given = { id: payload.id, token: answer.cache }
      return Boolean(answer)
    } catch {
      return false
    }
  }
}

import { sanitizeUrl, templatePath } from '@acme/observe-schema/masking'
import { safeText } from '../finishing/safeText.ts'
import { scrubProperties } from '../finishing/scrubProperties.ts'
import type { UmamiOptions } from '../options/ObserveOptions.ts'
import type { UmamiPayload } from './Analytics.ts'

/** Lengths that Umami's `/api/send` accepts. Longer values are cut, for it would refuse the whole event. */
const MAX = {
  hostname: 100,
  language: 35,
  screen: 11,
  name: 50,
  tag: 50,
  url: 500,
  title: 500,
  referrer: 500,
}

/** What was seen or done, before it is sanitized. */
export interface UmamiEvent {
  path: string
  title: string
  referrer: string
  sessionId: string
  name?: unknown
  data?: unknown
}

/** What Umami is told of one page view or event. */
export const umamiPayload = (
  { websiteId, tag }: Pick<UmamiOptions, 'websiteId' | 'tag'>,
  { path, title, referrer, sessionId, name, data }: UmamiEvent,
): UmamiPayload => {
  const properties = scrubProperties(data)
  return {
    website: websiteId,
    hostname: location.hostname.slice(0, MAX.hostname),
    screen: `${screen.width}x${screen.height}`.slice(0, MAX.screen),
    language: navigator.language.slice(0, MAX.language),
    url: path.split('#').map(templatePath).join('#').slice(0, MAX.url),
    title: safeText(title, MAX.title),
    referrer: sanitizeUrl(referrer).slice(0, MAX.referrer),
    id: sessionId,
    ...(tag && { tag: tag.slice(0, MAX.tag) }),
    ...(name !== undefined && { name: safeText(name, MAX.name) }),
    ...(properties && { data: properties }),
  }
}

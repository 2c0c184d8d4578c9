import { sanitizeUrl } from '@acme/observe-schema/masking'
import { safePath } from '../finishing/safePath.ts'
import { safeText } from '../finishing/safeText.ts'
import { scrubProperties } from '../finishing/scrubProperties.ts'
import type { UmamiOptions } from '../options/ObserveOptions.ts'
import type { UmamiPayload } from './Analytics.ts'

/** Lengths that Umami's `/api/send` accepts. Longer values are cut, for it would refuse the whole event. */
const MAX_HOSTNAME = 100
const MAX_LANGUAGE = 35
/** Of names and tags. */
const MAX_WORD = 50
/** Of addresses and titles. */
const MAX_TEXT = 500

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
    hostname: location.hostname.slice(0, MAX_HOSTNAME),
    screen: `${screen.width}x${screen.height}`,
    language: navigator.language.slice(0, MAX_LANGUAGE),
    url: safePath(path),
    title: safeText(title, MAX_TEXT),
    referrer: sanitizeUrl(referrer).slice(0, MAX_TEXT),
    id: sessionId,
    ...(tag && { tag: tag.slice(0, MAX_WORD) }),
    ...(name !== undefined && { name: safeText(name, MAX_WORD) }),
    ...(properties && { data: properties }),
  }
}

import { maskProperties, maskText, sanitizeUrl } from '@acme/observe-schema/masking'
import type {
  CustomEvent,
  ErrorEvent,
  LogEvent,
  ObserveEvent,
  PageViewEvent,
} from '@acme/observe-schema/types'
import type { LogLevelName } from '../../logs/levels.ts'
import { isoTimestamp } from '../../output/isoTimestamp.ts'
import { jsonMembers } from '../../output/jsonMembers.ts'
import type { Batch } from './Batch.ts'
import { scrubId, scrubLabel, scrubPath } from './scrub.ts'

/** Largest time a Date can hold. */
const MAX_DATE_MS = 8.64e15

const eventTime = (at: number): string | undefined =>
  at <= MAX_DATE_MS ? new Date(at).toISOString() : undefined

const scrub = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : maskText(text)

/** Members that tell the event apart: type, ids, when and where. */
export const eventMembers = (
  { clientFields }: Batch,
  { type, id, at, page, traceId }: ObserveEvent,
): string =>
  jsonMembers({
    ...clientFields,
    eventType: type,
    eventId: scrubId(id),
    eventTime: eventTime(at),
    traceId,
    pagePath: scrubPath(page.path),
    pageRoute: page.route === undefined ? undefined : scrubPath(page.route),
    pageTitle: page.title === undefined ? undefined : scrubLabel(page.title),
  })

/** A line of a batch, with level, time of receipt and the members every one of them has. */
const batchLine = (batch: Batch, level: LogLevelName, members: string): string =>
  `{"level":"${level.toUpperCase()}","timestamp":"${isoTimestamp(batch.receivedAt)}"${batch.members}${members}}\n`

const pageViewMembers = ({ referrer, navigationType }: PageViewEvent): object => ({
  message: 'page view',
  navigationType: maskText(navigationType),
  referrer: referrer ? sanitizeUrl(referrer) : undefined,
})

const customMembers = ({ name, properties }: CustomEvent): object => ({
  message: maskText(name),
  name: maskText(name),
  properties: properties && maskProperties(properties),
})

const logMembers = ({ message, properties }: LogEvent): object => ({
  message: maskText(message),
  properties: properties && maskProperties(properties),
})

/** The line of a page view, custom event or log of the page. */
export const eventLine = (batch: Batch, event: PageViewEvent | CustomEvent | LogEvent): string => {
  const own =
    event.type === 'page-view'
      ? pageViewMembers(event)
      : event.type === 'custom'
        ? customMembers(event)
        : logMembers(event)
  const level = event.type === 'log' ? event.level : 'info'
  return batchLine(batch, level, eventMembers(batch, event) + jsonMembers(own as Record<string, unknown>))
}

/** The parts of an error that a line carries, scrubbed. */
export const errorMembers = (event: ErrorEvent): string =>
  jsonMembers({
    message: maskText(`${event.name}: ${event.message}`),
    fingerprint: scrubId(event.fingerprint),
    error: {
      name: maskText(event.name),
      message: maskText(event.message),
      source: event.source,
      handled: event.handled,
      count: event.count,
      stack: scrub(event.stack),
      frames: event.frames?.map((frame) => ({
        ...frame,
        function: scrub(frame.function),
        file: sanitizeUrl(frame.file),
      })),
      causes: event.causes?.map(({ name, message, stack }) => ({
        name: maskText(name),
        message: maskText(message),
        stack: scrub(stack),
      })),
      componentStack: scrub(event.componentStack),
    },
    breadcrumbs: event.breadcrumbs?.map((crumb) => ({ ...crumb, message: maskText(crumb.message) })),
    properties: event.properties && maskProperties(event.properties),
  })

import { maskProperties, maskText, sanitizeUrl } from '@acme/observe-schema/masking'
import type {
  CustomEvent,
  ErrorEvent,
  LogEvent,
  ObserveEvent,
  PageInfo,
  PageViewEvent,
} from '@acme/observe-schema/types'
import type { LogLevelName } from '../../logs/levels.ts'
import { isoTimestamp } from '../../output/isoTimestamp.ts'
import { jsonMembers } from '../../output/jsonMembers.ts'
import type { Batch } from './Batch.ts'
import { quoteId, quoteLabel, quotePath, scrubId, scrubLabel } from './scrub.ts'

/** Largest time a Date can hold. */
const MAX_DATE_MS = 8.64e15

const timeMember = (at: number): string =>
  at <= MAX_DATE_MS ? `,"eventTime":"${new Date(at).toISOString()}"` : ''

const pageMembers = ({ path, route, title }: PageInfo): string =>
  `,"pagePath":${quotePath(path)}` +
  (route === undefined ? '' : `,"pageRoute":${quotePath(route)}`) +
  (title === undefined ? '' : `,"pageTitle":${quoteLabel(title)}`)

const scrub = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : maskText(text)

/** Members that tell the event apart: type, ids, when and where. */
export const eventMembers = (
  { clientMembers }: Batch,
  { type, id, at, page, traceId }: ObserveEvent,
): string =>
  // Types and trace ids are known to need no escape: they have been validated.
  `${clientMembers},"eventType":"${type}","eventId":${quoteId(id)}${timeMember(at)}` +
  `${traceId === undefined ? '' : `,"traceId":"${traceId}"`}${pageMembers(page)}`

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
    breadcrumbs: event.breadcrumbs?.map((crumb) => ({ ...crumb, message: scrubLabel(crumb.message) })),
    properties: event.properties && maskProperties(event.properties),
  })

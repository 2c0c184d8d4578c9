import { maskProperties } from '@acme/observe-schema/masking'
import type { WebVitalEvent, WebVitalName } from '@acme/observe-schema/types'
import { isMetricValue } from '../../emf/isMetricValue.ts'
import { higherLevel } from '../../logs/levels.ts'
import { isoTimestamp } from '../../output/isoTimestamp.ts'
import { jsonMembers } from '../../output/jsonMembers.ts'
import type { DimensionGuard } from '../dimensionGuard.ts'
import type { Batch } from './Batch.ts'
import { define, directive } from './directive.ts'
import { eventMembers } from './eventLine.ts'
import { quoteId, scrubId, scrubLabel, scrubPath } from './scrub.ts'
import type { VitalDimension } from './vitalDimensions.ts'

/** Vitals of one batch that share page and dimension values: they go into one document. */
interface Group {
  path: string
  values: Record<string, string>
  samples: Map<WebVitalName, WebVitalEvent[]>
  updates: WebVitalEvent[]
}

/** Guards of the dimensions whose values come from the page. */
export type VitalGuards = Record<VitalDimension, DimensionGuard>

const DEFINITIONS: Readonly<Record<WebVitalName, string>> = {
  LCP: /* @__PURE__ */ define('LCP', 'Milliseconds'),
  INP: /* @__PURE__ */ define('INP', 'Milliseconds'),
  CLS: /* @__PURE__ */ define('CLS', 'None'),
  FCP: /* @__PURE__ */ define('FCP', 'Milliseconds'),
  TTFB: /* @__PURE__ */ define('TTFB', 'Milliseconds'),
  FID: /* @__PURE__ */ define('FID', 'Milliseconds'),
}

const scrubRoute = (route: string): string => scrubLabel(scrubPath(route))

const dimensionValue = (
  name: VitalDimension,
  event: WebVitalEvent,
  { envelope: { app, client } }: Batch,
  guards: VitalGuards,
): string => {
  switch (name) {
    case 'route':
      return guards.route.scrubbed(event.page.route ?? event.page.path, scrubRoute)
    case 'deviceType':
      return client.deviceType
    case 'release':
      return scrubLabel(app.release ?? '')
    case 'connection':
      return scrubLabel(client.connection ?? '')
    case 'navigationType':
      return scrubLabel(event.navigationType)
  }
}

/** Whether two vitals of one batch belong to the same group; what else decides it is the batch's. */
const isAlike = (a: WebVitalEvent, b: WebVitalEvent): boolean =>
  a.page.path === b.page.path && a.page.route === b.page.route && a.navigationType === b.navigationType

const groupVitals = (
  batch: Batch,
  events: readonly WebVitalEvent[],
  dimensions: readonly VitalDimension[],
  guards: VitalGuards,
  isSample: (event: WebVitalEvent) => boolean,
): Group[] => {
  const groups = new Map<string, Group>()

  const groupOf = (event: WebVitalEvent): Group => {
    const raw = dimensions.map((name) => dimensionValue(name, event, batch, guards))
    const path = scrubPath(event.page.path)
    const key = JSON.stringify([path, ...raw])
    let group = groups.get(key)
    if (!group) {
      const values = Object.fromEntries(
        dimensions.map((name, index) => [name, guards[name].admit(raw[index] ?? '')]),
      )
      group = { path, values, samples: new Map(), updates: [] }
      groups.set(key, group)
    }
    return group
  }

  let last: { event: WebVitalEvent; group: Group } | undefined
  for (const event of events) {
    if (!last || !isAlike(last.event, event)) last = { event, group: groupOf(event) }
    const { samples, updates } = last.group
    // A value out of CloudWatch's range would cost the whole document.
    if (!isSample(event) || !isMetricValue(event.value)) updates.push(event)
    else {
      const list = samples.get(event.name)
      if (list) list.push(event)
      else samples.set(event.name, [event])
    }
  }
  return [...groups.values()]
}

/** One item as it is, several as an array: JSON of both. */
const oneOrMore = (items: readonly unknown[]): string =>
  items.length === 1 ? String(items[0]) : `[${items.join()}]`

const update = ({ id, name, value, delta, rating, metricId }: WebVitalEvent): object => ({
  eventId: scrubId(id),
  name,
  value,
  delta,
  rating,
  metricId: scrubId(metricId),
})

const groupLine = (batch: Batch, { path, values, samples, updates }: Group): string => {
  let definitions = ''
  let members = ''
  let eventIds = ''
  for (const [name, events] of samples) {
    const comma = definitions === '' ? '' : ','
    definitions += comma + DEFINITIONS[name]
    // Finite numbers, which read the same as text and as JSON.
    members += `,"${name}":${oneOrMore(events.map(({ value }) => value))}`
    eventIds += `${comma}"${name}":${oneOrMore(events.map(({ id }) => quoteId(id)))}`
  }
  const sets = ['"app"', ...Object.keys(values).map((name) => `"app","${name}"`)]
  const head = definitions === '' ? '' : directive(batch, sets.map((set) => `[${set}]`).join(), definitions)
  const level = higherLevel('info', batch.lowestLevel).toUpperCase()
  return (
    `{${head}"level":"${level}","timestamp":"${isoTimestamp(batch.receivedAt)}"${batch.members}` +
    `,"eventType":"web-vital","message":"web vitals","pagePath":${JSON.stringify(path)}` +
    `${jsonMembers({ ...batch.clientFields, ...values })}${members},"eventIds":{${eventIds}}` +
    `${updates.length > 0 ? `,"updates":${JSON.stringify(updates.map(update))}` : ''}}\n`
  )
}

/** What made a vital worse than good: one line with its attribution, for finding the cause. */
const detailLine = (batch: Batch, event: WebVitalEvent): string =>
  `{"level":"WARN","timestamp":"${isoTimestamp(batch.receivedAt)}"${batch.members}${eventMembers(batch, event)}${jsonMembers(
    {
      message: `${event.name} ${event.rating}`,
      vital: {
        name: event.name,
        value: event.value,
        rating: event.rating,
        metricId: scrubId(event.metricId),
        navigationType: scrubLabel(event.navigationType),
        attribution: maskProperties(event.attribution),
      },
    },
  )}}\n`

/**
 * Lines of a batch's Web Vitals: one document with arrays of values per page and set of dimension values, and one detail
 * line for each vital that is not good and says why, if such lines are wanted.
 */
export const vitalLines = (
  batch: Batch,
  events: readonly WebVitalEvent[],
  dimensions: readonly VitalDimension[],
  guards: VitalGuards,
  isSample: (event: WebVitalEvent) => boolean,
  withReasons: boolean,
): string =>
  groupVitals(batch, events, dimensions, guards, isSample)
    .map((group) => groupLine(batch, group))
    .join('') +
  events
    .filter(({ rating, attribution }) => withReasons && rating !== 'good' && attribution)
    .map((event) => detailLine(batch, event))
    .join('')

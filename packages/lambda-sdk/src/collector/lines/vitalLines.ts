import { maskProperties } from '@acme/observe-schema/masking'
import type { WebVitalEvent, WebVitalName } from '@acme/observe-schema/types'
import { higherLevel } from '../../logs/levels.ts'
import { isoTimestamp } from '../../output/isoTimestamp.ts'
import { jsonMembers } from '../../output/jsonMembers.ts'
import type { DimensionGuard } from '../dimensionGuard.ts'
import type { Batch } from './Batch.ts'
import { directive, type MetricDefinition } from './directive.ts'
import { eventMembers } from './eventLine.ts'
import { scrubId, scrubLabel, scrubPath } from './scrub.ts'
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

const define = (name: WebVitalName): MetricDefinition => ({
  Name: name,
  Unit: name === 'CLS' ? 'None' : 'Milliseconds',
})

const dimensionValue = (name: VitalDimension, event: WebVitalEvent, { envelope }: Batch): string => {
  switch (name) {
    case 'route':
      return scrubPath(event.page.route ?? event.page.path)
    case 'deviceType':
      return envelope.client.deviceType
    case 'release':
      return envelope.app.release ?? ''
    case 'connection':
      return envelope.client.connection ?? ''
    case 'navigationType':
      return event.navigationType
  }
}

const groupVitals = (
  batch: Batch,
  events: readonly WebVitalEvent[],
  dimensions: readonly VitalDimension[],
  guards: VitalGuards,
  isSample: (event: WebVitalEvent) => boolean,
): Group[] => {
  const groups = new Map<string, Group>()
  for (const event of events) {
    const raw = dimensions.map((name) => dimensionValue(name, event, batch))
    const path = scrubPath(event.page.path)
    const key = JSON.stringify([path, ...raw])
    let group = groups.get(key)
    if (!group) {
      const values = Object.fromEntries(
        dimensions.map((name, index) => [name, guards[name].admit(scrubLabel(raw[index] ?? ''))]),
      )
      group = { path, values, samples: new Map(), updates: [] }
      groups.set(key, group)
    }
    if (!isSample(event)) group.updates.push(event)
    else {
      const list = group.samples.get(event.name)
      if (list) list.push(event)
      else group.samples.set(event.name, [event])
    }
  }
  return [...groups.values()]
}

const single = <T>(items: readonly T[]): T | readonly T[] =>
  items.length === 1 && items[0] !== undefined ? items[0] : items

const update = ({ id, name, value, delta, rating, metricId }: WebVitalEvent): object => ({
  eventId: scrubId(id),
  name,
  value,
  delta,
  rating,
  metricId: scrubId(metricId),
})

const groupLine = (batch: Batch, { path, values, samples, updates }: Group): string => {
  const names = [...samples.keys()]
  const sets = [['app'], ...Object.keys(values).map((name) => ['app', name])]
  const metricValues: Record<string, unknown> = {}
  const eventIds: Record<string, unknown> = {}
  for (const [name, events] of samples) {
    metricValues[name] = single(events.map(({ value }) => value))
    eventIds[name] = single(events.map(({ id }) => scrubId(id)))
  }
  const level = higherLevel('info', batch.lowestLevel).toUpperCase()
  const head = names.length > 0 ? directive(batch, sets, names.map(define)) : ''
  return (
    `{${head}"level":"${level}","timestamp":"${isoTimestamp(batch.receivedAt)}"${batch.members}` +
    jsonMembers({
      eventType: 'web-vital',
      message: 'web vitals',
      pagePath: path,
      ...batch.clientFields,
      ...values,
      ...metricValues,
      eventIds,
      updates: updates.length > 0 ? updates.map(update) : undefined,
    }) +
    '}\n'
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
 * line for each vital that is not good and says why.
 */
export const vitalLines = (
  batch: Batch,
  events: readonly WebVitalEvent[],
  dimensions: readonly VitalDimension[],
  guards: VitalGuards,
  isSample: (event: WebVitalEvent) => boolean,
): string =>
  groupVitals(batch, events, dimensions, guards, isSample)
    .map((group) => groupLine(batch, group))
    .join('') +
  events
    .filter(({ rating, attribution }) => rating !== 'good' && attribution)
    .map((event) => detailLine(batch, event))
    .join('')

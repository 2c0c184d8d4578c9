import type { Observability } from '../../core/Observability.ts'
import type { Vitals } from './watchVitals.ts'

/** A heading, and lines of a name and a value. */
export interface StatusGroup {
  title: string
  lines: [name: string, value: string][]
}

const NAMES = ['LCP', 'INP', 'CLS', 'FCP', 'TTFB'] as const

const vitalLine = (vitals: Vitals, name: (typeof NAMES)[number]): [string, string] => {
  const vital = vitals.get(name)
  if (!vital) return [name, 'not yet']
  const value = name === 'CLS' ? vital.value.toFixed(3) : `${Math.round(vital.value)} ms`
  return [name, `${value} · ${vital.rating.replace('-', ' ')}`]
}

/** `queueFull` and `queue-full` read as "queue full". */
const words = (key: string): string =>
  key
    .replace(/([A-Z])/g, ' $1')
    .replace(/-/g, ' ')
    .toLowerCase()

const linesOf = (values: object): [string, string][] =>
  Object.entries(values).flatMap(([key, value]) =>
    value === undefined || typeof value === 'object' ? [] : [[words(key), String(value)]],
  )

/** All that the handle tells of itself. Whatever a status holds besides plain values becomes a group of its own. */
export const describeStatus = ({ session, status }: Observability, vitals: Vitals): StatusGroup[] => {
  const groups = Object.entries(status).filter(([, value]) => typeof value === 'object' && value !== null)
  return [
    {
      title: 'session',
      lines: linesOf({ id: session.id, ...(session.replay && { replay: session.replay.url }) }),
    },
    { title: 'vitals', lines: NAMES.map((name) => vitalLine(vitals, name)) },
    { title: 'status', lines: linesOf(status) },
    ...groups.map(([key, value]) => {
      const lines = linesOf(value)
      return { title: words(key), lines: lines.length > 0 ? lines : ([['none', '']] as [string, string][]) }
    }),
  ]
}

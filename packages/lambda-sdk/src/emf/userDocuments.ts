import type { Invocation } from '../invocation/Invocation.ts'
import { freeDocumentKey } from '../logs/freeDocumentKey.ts'
import { higherLevel } from '../logs/levels.ts'
import { boundLine } from '../output/boundLine.ts'
import { isoTimestamp } from '../output/isoTimestamp.ts'
import { jsonMembers } from '../output/jsonMembers.ts'
import { reportFailure } from '../output/reportFailure.ts'

/** What documents of metrics are written with. */
export type DocumentScope = Pick<Invocation, 'settings' | 'linePrefix' | 'context' | 'properties'>

/** The members around a document; those that its metrics or dimensions are called as are moved aside. */
const movedAside = (around: string, document: string, { settings }: DocumentScope): string => {
  const own = JSON.parse(document) as object
  const members = JSON.parse(`${around}}`) as object
  const taken: Record<string, unknown> = { ...members, ...own }
  const moved = Object.entries(members).map(([key, value]) => {
    if (!Object.hasOwn(own, key)) return [key, value]
    const free = freeDocumentKey(`custom_${key}`, settings, taken)
    taken[free] = value
    reportFailure(
      'OBSERVE_NAME_TAKEN',
      `"${key}" has the name of a metric or dimension; beside that it is recorded as "${free}".`,
    )
    return [free, value]
  })
  return JSON.stringify(Object.fromEntries(moved)).slice(0, -1)
}

/** Lines of user metrics: each document gets level, time, ids, context and properties, the last two as far as they fit. */
export const userDocumentLines = (documents: readonly string[], scope: DocumentScope): string => {
  const { settings, linePrefix, context, properties } = scope
  const level = higherLevel('info', settings.lowestLevel).toUpperCase()
  const extra = properties ? jsonMembers(properties) : ''
  const around = `{"level":"${level}","timestamp":"${isoTimestamp(Date.now())}"${linePrefix}${extra}`
  const added = Object.keys({ ...context, ...properties }).map((key) => `${JSON.stringify(key)}:`)
  let lines = ''
  for (const document of documents) {
    // Also true for names within `_aws`, which are then found to be free.
    const mayCollide = added.some((key) => document.includes(key))
    const head = mayCollide ? movedAside(around, document, scope) : around
    lines += boundLine(`${head},${document.slice(1)}\n`)
  }
  return lines
}

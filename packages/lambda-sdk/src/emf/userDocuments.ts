import type { Settings } from '../config/Settings.ts'
import { higherLevel } from '../logs/levels.ts'
import { boundLine } from '../output/boundLine.ts'
import { isoTimestamp } from '../output/isoTimestamp.ts'
import { jsonMembers } from '../output/jsonMembers.ts'

/** Lines of user metrics: each document gets level, time, ids, context and properties, the last two as far as they fit. */
export const userDocumentLines = (
  documents: readonly string[],
  settings: Settings,
  linePrefix: string,
  properties: Record<string, unknown> | undefined,
): string => {
  const level = higherLevel('info', settings.lowestLevel).toUpperCase()
  const head = `{"level":"${level}","timestamp":"${isoTimestamp(Date.now())}"${linePrefix}`
  const extra = properties ? jsonMembers(properties) : ''
  let lines = ''
  for (const document of documents) lines += boundLine(`${head}${extra},${document.slice(1)}\n`)
  return lines
}

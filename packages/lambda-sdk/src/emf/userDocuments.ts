import type { Settings } from '../config/Settings.ts'
import { higherLevel } from '../logs/levels.ts'
import { MAX_LINE_BYTES } from '../output/boundLine.ts'
import { isoTimestamp } from '../output/isoTimestamp.ts'
import { jsonMembers } from '../output/jsonMembers.ts'

/** Lines of user metrics: each document gets level, time and ids, and the properties as long as they fit. */
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
  for (const document of documents) {
    const fits = (head.length + extra.length + document.length) * 3 <= MAX_LINE_BYTES
    const shed = !fits && Buffer.byteLength(head + extra + document) > MAX_LINE_BYTES
    lines += `${head}${shed ? ',"propertiesShed":true' : extra},${document.slice(1)}\n`
  }
  return lines
}

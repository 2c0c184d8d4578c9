import type { Invocation } from '../invocation/Invocation.ts'
import { boundLine } from '../output/boundLine.ts'
import { isoTimestamp } from '../output/isoTimestamp.ts'
import { writeLines } from '../output/output.ts'

/** Writes the lines an invocation has kept back. */
export const releaseHeldLines = (invocation: Invocation): void => {
  const { heldLines, linePrefix } = invocation
  if (!heldLines) return
  invocation.heldLines = undefined
  const { lines, dropped } = heldLines
  const missing =
    dropped === 0
      ? ''
      : boundLine(
          `{"level":"WARN","timestamp":"${isoTimestamp(Date.now())}"${linePrefix},"message":"${dropped} older lines were not kept"}\n`,
        )
  writeLines(missing + lines.join(''))
}

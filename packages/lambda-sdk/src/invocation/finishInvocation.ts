import { invocationDocument } from '../emf/invocationDocument.ts'
import { lateCompletion } from '../emf/lateCompletion.ts'
import { releaseHeldLines } from '../logs/releaseHeldLines.ts'
import { boundLine } from '../output/boundLine.ts'
import { writeLines } from '../output/output.ts'
import { reportFailure } from '../output/reportFailure.ts'
import type { Invocation } from './Invocation.ts'
import { monotonicMs } from './monotonicMs.ts'
import type { Outcome } from './Outcome.ts'
import { openInvocations } from './openInvocations.ts'

const tell = (error: unknown): void =>
  reportFailure('OBSERVE_EMIT_FAILED', 'metrics could not be written.', error)

/** Lines of the user's metrics. What is wrong with them costs the invocation's own document nothing. */
const userLines = ({ userMetrics }: Invocation): string => {
  try {
    return userMetrics?.take() ?? ''
  } catch (error) {
    tell(error)
    return ''
  }
}

/** Writes the invocation's documents in one go. Never throws: the handler's outcome stands. */
export const emitDocuments = (invocation: Invocation, outcome: Outcome): void => {
  try {
    const isSecond = invocation.warnedOfTimeout && outcome.kind !== 'deadline-near'
    const durationMs = monotonicMs() - invocation.startedAtMs
    if (outcome.kind !== 'returned') releaseHeldLines(invocation)
    const document = (isSecond ? lateCompletion : invocationDocument)(invocation, outcome, durationMs)
    writeLines(boundLine(document) + userLines(invocation))
  } catch (error) {
    tell(error)
  }
}

/** Closes the record of a run, once. */
export const finishInvocation = (invocation: Invocation, outcome: Outcome): void => {
  if (invocation.finished) return
  invocation.finished = true
  openInvocations.delete(invocation)
  if (invocation.timer !== undefined) clearTimeout(invocation.timer)
  emitDocuments(invocation, outcome)
}

import type { Invocation } from '../invocation/Invocation.ts'
import type { Outcome } from '../invocation/Outcome.ts'
import { higherLevel } from '../logs/levels.ts'
import { safeSerializeError } from '../logs/serializeError.ts'
import { isoTimestamp } from '../output/isoTimestamp.ts'
import { jsonMembers } from '../output/jsonMembers.ts'
import { roundMs } from '../output/roundMs.ts'
import { statusOf } from './invocationDocument.ts'

/**
 * The second line of a run that was warned of its deadline and finished all the same. Its invocation is counted already;
 * only a failure still has to be.
 */
export const lateCompletion = (invocation: Invocation, outcome: Outcome, durationMs: number): string => {
  const { settings, linePrefix } = invocation
  const now = Date.now()
  const threw = outcome.kind === 'threw'
  const level = higherLevel(threw ? 'error' : 'warn', settings.lowestLevel).toUpperCase()
  const dimensions = JSON.stringify(Object.keys(settings.dimensions))
  const metrics =
    `"_aws":{"Timestamp":${now},"CloudWatchMetrics":[{"Namespace":${JSON.stringify(settings.namespace)},` +
    `"Dimensions":[${dimensions}],"Metrics":[{"Name":"Errors","Unit":"Count"}]}]},"Errors":1,`
  const details = {
    message: 'invocation finished after its timeout warning',
    durationMs: roundMs(durationMs),
    ...settings.dimensions,
    ...(outcome.kind === 'returned' && { status: statusOf(outcome.value) }),
    ...(threw && { error: safeSerializeError(outcome.error) }),
  }
  return `{${threw ? metrics : ''}"level":"${level}","timestamp":"${isoTimestamp(now)}"${linePrefix}${jsonMembers(details)}}\n`
}

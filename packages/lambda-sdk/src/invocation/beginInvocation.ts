import type { LogSettings, Settings } from '../config/Settings.ts'
import { extractCorrelation } from '../correlation/extractCorrelation.ts'
import { LEVEL_VALUES } from '../logs/levels.ts'
import { takeColdStart } from './coldStart.ts'
import type { Invocation } from './Invocation.ts'
import { linePrefix } from './linePrefix.ts'
import { monotonicMs } from './monotonicMs.ts'

const countRecords = (event: unknown): number | undefined => {
  const records = (event as { Records?: unknown } | null | undefined)?.Records
  return Array.isArray(records) ? records.length : undefined
}

const requestIdOf = (context: unknown): string => {
  const id = (context as { awsRequestId?: unknown } | null | undefined)?.awsRequestId
  return typeof id === 'string' ? id : 'unknown'
}

const drawMinimumLevel = ({ minimum, sampleDebugRate }: LogSettings): number =>
  sampleDebugRate > 0 && Math.random() < sampleDebugRate ? Math.min(minimum, LEVEL_VALUES.debug) : minimum

/** Opens the record of a run: ids from the event, the clock, whether it is a cold start. */
export const beginInvocation = (settings: Settings, event: unknown, context: unknown): Invocation => {
  const startedAtMs = monotonicMs()
  const correlation = extractCorrelation(event, context)
  const requestId = requestIdOf(context)
  const isFirst = takeColdStart(startedAtMs)
  const invocation: Omit<Invocation, 'invocation'> & { invocation: Invocation | undefined } = {
    invocation: undefined,
    settings,
    requestId,
    startedAtMs,
    coldStart: isFirst && settings.countsColdStarts,
    correlation,
    linePrefix: linePrefix(settings, requestId, correlation),
    context: undefined,
    userMetrics: undefined,
    properties: undefined,
    recordCount: countRecords(event),
    firstByteAtMs: undefined,
    minimumLevel: drawMinimumLevel(settings.logs),
    heldLines: undefined,
    timer: undefined,
    warnedOfTimeout: false,
    endsWithLoop: undefined,
    finished: false,
  }
  invocation.invocation = invocation as Invocation
  return invocation as Invocation
}

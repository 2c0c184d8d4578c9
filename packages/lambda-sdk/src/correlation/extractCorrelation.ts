import type { Correlation } from './Correlation.ts'
import { correlationFromHttpEvent } from './httpEvents.ts'
import { parseXRayHeader } from './traceContext.ts'

/** Where the current trace is known besides the event: the context on newer runtimes, else the environment. */
const runtimeTraceHeader = (context: unknown): unknown =>
  (context as { xRayTraceId?: unknown } | undefined)?.xRayTraceId ?? process.env._X_AMZN_TRACE_ID

/** The ids of an event, whatever its source. An unknown source still has the runtime's trace. Never throws. */
export const extractCorrelation = (event: unknown, context: unknown): Correlation => {
  const trace = parseXRayHeader(runtimeTraceHeader(context))
  try {
    const ids = typeof event === 'object' && event !== null ? correlationFromHttpEvent(event) : undefined
    return { ...trace, ...ids }
  } catch {
    return { ...trace }
  }
}

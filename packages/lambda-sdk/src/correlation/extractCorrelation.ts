import { type Correlation, emptyCorrelation } from './Correlation.ts'
import { applyHttpEvent } from './httpEvents.ts'
import { applyPayload } from './payloadIds.ts'
import { applyBatchEvent } from './recordEvents.ts'
import { applyServiceEvent } from './serviceEvents.ts'
import { applyXRayHeader } from './traceContext.ts'

interface TraceContext {
  xRayTraceId?: unknown
  clientContext?: { custom?: unknown; Custom?: unknown } | null
}

/** Takes the ids of a direct invocation: from the client context, else from the payload's own members. */
const applyDirectEvent = (ids: Correlation, event: object, context: TraceContext | undefined): void => {
  applyPayload(ids, context?.clientContext?.custom ?? context?.clientContext?.Custom)
  applyPayload(ids, event)
}

/**
 * The ids of an event, whatever its source: API Gateway (HTTP, REST and WebSocket), load balancer, function URL, SQS, SNS, Kinesis,
 * DynamoDB, S3, EventBridge, AppSync, Step Functions, direct invocation. Never throws.
 */
export const extractCorrelation = (event: unknown, context: unknown): Correlation => {
  const ids = emptyCorrelation()
  const runtime = context as TraceContext | undefined
  try {
    if (typeof event === 'object' && event !== null) {
      const isKnown =
        applyHttpEvent(ids, event) || applyBatchEvent(ids, event) || applyServiceEvent(ids, event)
      if (!isKnown) applyDirectEvent(ids, event, runtime)
    }
    // Node 24 has the header on the context, where concurrent requests do not share it; older runtimes in the environment.
    if (ids.xrayTraceHeader === undefined) {
      applyXRayHeader(ids, runtime?.xRayTraceId ?? process.env._X_AMZN_TRACE_ID)
    }
  } catch {
    // What was found until then is kept.
  }
  return ids
}

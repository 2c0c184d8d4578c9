import { createLogIngest } from '../cloudwatch/ingestLogs.ts'
import type { Store } from '../store/openStore.ts'

export const SESSION_ID = '01900000-0000-7000-8000-00000000abcd'
export const FINGERPRINT = 'feedfacefeedface'

/** Data that would run as script wherever it is not escaped. */
const HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>\'"&'

/** One session as the collector and a function log it, every text of it hostile. */
export const seedStore = (store: Store, nowMs: number): void => {
  const ingest = createLogIngest(store)
  const timestamp = new Date(nowMs).toISOString()
  const write = (functionName: string, line: object) =>
    ingest({
      functionName,
      logStreamName: 's',
      source: 'stdout',
      at: nowMs,
      line: JSON.stringify({ timestamp, ...line }),
    })
  const page = {
    source: 'browser',
    sessionId: SESSION_ID,
    deviceType: 'mobile',
    eventTime: timestamp,
    pagePath: `/${HOSTILE}`,
  }
  const aws = (Metrics: { Name: string; Unit: string }[], ...Dimensions: string[][]) => ({
    Timestamp: nowMs,
    CloudWatchMetrics: [{ Namespace: 'Observe/test', Dimensions, Metrics }],
  })

  write('collector', { ...page, level: 'INFO', message: 'page view', eventType: 'page-view', eventId: 'e1' })
  write('collector', {
    ...page,
    _aws: aws([{ Name: 'LCP', Unit: 'Milliseconds' }], ['app']),
    app: HOSTILE,
    message: 'web vitals',
    eventType: 'web-vital',
    LCP: 4200,
    eventIds: { LCP: 'e2' },
  })
  write('collector', {
    ...page,
    level: 'ERROR',
    eventType: 'error',
    eventId: 'e3',
    message: HOSTILE,
    fingerprint: FINGERPRINT,
    error: {
      name: HOSTILE,
      message: HOSTILE,
      source: 'window',
      handled: false,
      count: 3,
      stack: `Error: ${HOSTILE}\n    at ${HOSTILE} (${HOSTILE}:1:2)`,
      frames: [{ function: HOSTILE, file: HOSTILE, line: 1, column: 2 }],
      causes: [{ name: HOSTILE, message: HOSTILE }],
      componentStack: `\n    at ${HOSTILE}`,
    },
    breadcrumbs: [{ at: nowMs, category: 'click', message: HOSTILE }],
  })
  write('orders', { level: 'WARN', message: HOSTILE, requestId: 'r1', sessionId: SESSION_ID })
  write('orders', {
    _aws: aws(
      [
        { Name: 'Invocations', Unit: 'Count' },
        { Name: 'Duration', Unit: 'Milliseconds' },
        { Name: 'Errors', Unit: 'Count' },
      ],
      ['FunctionName'],
    ),
    FunctionName: 'orders',
    level: 'ERROR',
    message: 'invocation failed',
    requestId: 'r1',
    sessionId: SESSION_ID,
    Invocations: 1,
    Duration: 12.5,
    Errors: 1,
    error: { name: 'Error', message: HOSTILE },
  })
  store.append('requests', {
    at_ms: nowMs,
    method: 'GET',
    path: `/api/${HOSTILE}`,
    route_key: undefined,
    function_name: 'orders',
    request_id: 'r1',
    session_id: SESSION_ID,
    trace_id: undefined,
    status: 500,
    duration_ms: 20,
    request_bytes: 0,
    response_bytes: 35,
  })
  const body = Buffer.from(
    JSON.stringify({
      batchId: 'b1',
      session: { id: SESSION_ID },
      events: [{ id: 'e1', at: nowMs, type: HOSTILE }],
    }),
  )
  store.append('envelopes', {
    at_ms: nowMs,
    batch_id: 'b1',
    session_id: SESSION_ID,
    content_type: HOSTILE,
    origin: HOSTILE,
    user_agent: HOSTILE,
    body,
    size_bytes: body.length,
    status: 202,
  })
  store.append('analytics_events', {
    at_ms: nowMs,
    type: 'event',
    website_id: 'w',
    session_id: SESSION_ID,
    url: HOSTILE,
    title: HOSTILE,
    referrer: undefined,
    name: HOSTILE,
    payload: JSON.stringify({ title: HOSTILE }),
  })
}

import type { APIGatewayProxyEventV2, Context } from 'aws-lambda'

let cold = 1
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
export const handler = async (event: APIGatewayProxyEventV2, context: Context) => {
  const startedAt = performance.now()
  const ids = {
    requestId: context.awsRequestId,
    sessionId: event.headers['x-observe-session-id'],
    traceId: event.headers.traceparent?.split('-')[1],
  }
  const write = (document: object) =>
    process.stdout.write(`${JSON.stringify({ timestamp: new Date().toISOString(), ...ids, ...document })}\n`)
  const failing = event.rawPath.includes('failing')
  await sleep(event.rawPath.includes('slow') ? 900 : 3 + Math.random() * 30)
  write({ level: 'INFO', message: `${event.requestContext.http.method} ${event.rawPath}` })
  if (failing)
    write({
      level: 'ERROR',
      message: 'The price service did not answer',
      err: {
        name: 'Error',
        stack: 'Error: The price service did not answer\n    at handler (handler.ts:10:11)',
      },
    })
  write({
    level: 'INFO',
    message: 'invocation',
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        {
          Namespace: 'Observe/test',
          Dimensions: [['FunctionName']],
          Metrics: [
            { Name: 'Invocations', Unit: 'Count' },
            { Name: 'Errors', Unit: 'Count' },
            { Name: 'Duration', Unit: 'Milliseconds' },
            { Name: 'ColdStart', Unit: 'Count' },
          ],
        },
      ],
    },
    FunctionName: context.functionName,
    Invocations: 1,
    Errors: failing ? 1 : 0,
    Duration: performance.now() - startedAt,
    ColdStart: cold,
  })
  cold = 0
  if (failing) throw new Error('The price service did not answer')
  return { ok: true }
}

// The same two lines as the observed handler writes, by hand: the least that JSON on standard output costs.
const idsOf = (event, context) => ({
  service: process.env.AWS_LAMBDA_FUNCTION_NAME,
  requestId: context.awsRequestId,
  sessionId: event.headers['x-observe-session-id'],
  traceId: event.headers.traceparent.slice(3, 35),
  xrayTraceId: event.headers['x-amzn-trace-id'].slice(5, 40),
})

export const handler = async (event, context) => {
  const start = Date.now()
  console.log(
    JSON.stringify({
      level: 'INFO',
      timestamp: new Date().toISOString(),
      ...idsOf(event, context),
      orderId: 17,
      message: 'order placed',
    }),
  )
  const result = { statusCode: 201 }
  const now = Date.now()
  console.log(
    JSON.stringify({
      _aws: {
        Timestamp: now,
        CloudWatchMetrics: [
          {
            Namespace: 'Observe/bench',
            Dimensions: [['FunctionName']],
            Metrics: [
              { Name: 'Invocations', Unit: 'Count' },
              { Name: 'Duration', Unit: 'Milliseconds' },
              { Name: 'ColdStart', Unit: 'Count' },
              { Name: 'Errors', Unit: 'Count' },
              { Name: 'Timeouts', Unit: 'Count' },
            ],
          },
        ],
      },
      level: 'INFO',
      timestamp: new Date(now).toISOString(),
      ...idsOf(event, context),
      message: 'invocation',
      FunctionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
      Invocations: 1,
      ColdStart: 0,
      Errors: 0,
      Timeouts: 0,
      Duration: now - start,
      route: event.routeKey,
      status: result.statusCode,
    }),
  )
  return result
}

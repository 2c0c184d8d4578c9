// The least that serves a function: a runtime client of another make, which the stack must accept.
const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`
for (;;) {
  const next = await fetch(`${api}/invocation/next`)
  const { rawPath } = await next.json()
  const requestId = next.headers.get('lambda-runtime-aws-request-id')
  const body = JSON.stringify({ statusCode: 200, body: `another runtime at ${rawPath}` })
  await fetch(`${api}/invocation/${requestId}/response`, { method: 'POST', body })
}

// Runs a bundled handler many times and tells the CPU time of one invocation, in microseconds, on standard error.
const [file, rounds, perRound] = process.argv.slice(2)
const { handler } = await import(file)
const event = {
  version: '2.0',
  routeKey: 'POST /orders',
  rawPath: '/orders',
  headers: {
    accept: 'application/json',
    'accept-encoding': 'gzip',
    'content-length': '2',
    host: 'api.example.com',
    'user-agent': 'Mozilla/5.0',
    'x-forwarded-for': '192.0.2.1',
    'x-forwarded-port': '443',
    'x-forwarded-proto': 'https',
    'x-amzn-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0',
    'x-observe-session-id': '0198f3c2-7c1e-7000-8000-000000000001',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  },
  requestContext: {
    requestId: 'JKJaXmPLvHcESHA=',
    domainName: 'api-id.execute-api.eu-west-1.amazonaws.com',
    http: { method: 'POST', path: '/orders' },
  },
}
const context = {
  functionName: 'orders',
  functionVersion: '$LATEST',
  awsRequestId: '8f507cfc-0000-4697-b07a-ac58fc914c95',
  memoryLimitInMB: '128',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:orders',
  getRemainingTimeInMillis: () => 3000,
}
for (let warmUp = 0; warmUp < 3000; warmUp++) await handler(event, context)
const measured = []
for (let round = 0; round < Number(rounds); round++) {
  const before = process.cpuUsage()
  for (let count = 0; count < Number(perRound); count++) await handler(event, context)
  const { user, system } = process.cpuUsage(before)
  measured.push((user + system) / Number(perRound))
}
process.stderr.write(JSON.stringify(measured))

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { validateEmf } from '@acme/observe-lambda/testing'
import { runSandbox, traceOf } from './sandbox.mjs'

const session = (index) => `0198f3c2-7c1e-7000-8000-${String(index).padStart(12, '0')}`

const httpEvent = (index) => ({
  version: '2.0',
  routeKey: 'POST /orders',
  rawPath: '/orders',
  headers: { 'x-observe-session-id': session(index), 'x-amzn-trace-id': traceOf(index) },
  requestContext: { requestId: 'q', http: { method: 'POST', path: '/orders' } },
  owner: `owner-${index}`,
})

/** Every line must be JSON, every document valid EMF. */
const parse = (lines) =>
  lines.map((line) => {
    const record = JSON.parse(line)
    if ('_aws' in record) assert.deepEqual(validateEmf(record), [], line)
    return record
  })

const requests = (count) => Array.from({ length: count }, (_, index) => ({ event: httpEvent(index) }))

for (const node of [22, 24]) {
  it(`Node ${node}, the middleware of middy 7`, async () => {
    const { lines } = await runSandbox({ node, handler: 'middyHandlers.request', invocations: requests(2) })
    const records = parse(lines)
    assert.deepEqual(
      records.map(({ message, requestId, sessionId }) => [message, requestId, sessionId]),
      [0, 1].flatMap((index) =>
        ['before', 'handler', 'invocation'].map((message) => [message, `r-${index}`, session(index)]),
      ),
    )
  })
}

const RUNTIMES = [
  { node: 20, client: 'legacy' },
  { node: 22, client: 'legacy' },
  { node: 20, client: 'current' },
  { node: 22, client: 'current' },
  { node: 24, client: 'current' },
]

for (const { node, client } of RUNTIMES) {
  for (const format of ['JSON', 'TEXT']) {
    describe(`Node ${node}, ${client} runtime client, ${format} format`, () => {
      const run = (handler, invocations, env) =>
        runSandbox({ node, client, format, handler, invocations, env })

      it('an async handler: ids of its own request on every line, one document each', async () => {
        const { lines, results } = await run('asynchronous', requests(3))
        const records = parse(lines)
        for (const index of [0, 1, 2]) {
          const own = records.filter(({ requestId }) => requestId === `r-${index}`)
          assert.equal(own.length, 4)
          for (const { sessionId, traceId, owner } of own) {
            assert.equal(sessionId, session(index))
            assert.equal(traceId, `5759e988${String(index).padStart(24, '0')}`)
            assert.ok(owner === undefined || owner === `owner-${index}`)
          }
          const document = own.find(({ Invocations }) => Invocations === 1)
          assert.equal(document.ColdStart, index === 0 ? 1 : 0)
          assert.equal(document.InitDuration > 0, index === 0)
          assert.equal(document.route, 'POST /orders')
          assert.equal(document.status, 201)
          assert.equal(results.get(`r-${index}`).kind, 'response')
          assert.deepEqual(JSON.parse(results.get(`r-${index}`).body), {
            statusCode: 201,
            body: `owner-${index}`,
          })
        }
        assert.equal(records.length, 12)
      })

      it('a callback handler works', async () => {
        const { lines, results } = await run('callback', requests(2))
        assert.equal(parse(lines).filter(({ Invocations }) => Invocations === 1).length, 2)
        assert.deepEqual(JSON.parse(results.get('r-1').body), { statusCode: 200, body: 'owner-1' })
      })

      it('a sync handler works', async () => {
        const { lines, results } = await run('synchronous', requests(1))
        assert.equal(parse(lines).length, 1)
        // The legacy client waits for a callback or a promise, and takes nothing else for an answer.
        const answer = client === 'legacy' ? null : { statusCode: 200, body: 'owner-0' }
        assert.deepEqual(JSON.parse(results.get('r-0').body), answer)
      })

      if (client === 'legacy') {
        for (const handler of ['variadic', 'contextual']) {
          it(`a handler that names no callback answers: ${handler}`, async () => {
            const { lines, results } = await run(handler, [
              { event: {} },
              { event: { fail: true } },
              { event: {} },
            ])
            const records = parse(lines.filter((line) => line.includes('"_aws"')))
            assert.deepEqual(
              records.map(({ Invocations, Errors, status }) => [Invocations, Errors, status]),
              [
                [1, 0, 503],
                [1, 1, undefined],
                [1, 0, 503],
              ],
            )
            for (const { Duration } of records) assert.ok(Duration > 18, `${Duration} ms`)
            assert.deepEqual(JSON.parse(results.get('r-2').body), { statusCode: 503 })
            assert.equal(JSON.parse(results.get('r-1').body).errorType, 'RangeError')
          })
        }

        it('a handler that forgets its callback is answered with null, and written before', async () => {
          const { lines, results } = await run('silent', requests(2))
          assert.deepEqual(
            parse(lines).map(({ message, requestId }) => [message, requestId]),
            [0, 1].flatMap((index) =>
              ['nothing to do', 'invocation'].map((message) => [message, `r-${index}`]),
            ),
          )
          assert.equal(results.get('r-1').body, 'null')
        })
      }

      it('a failing handler fails as it would alone, and is counted', async () => {
        const { lines, results } = await run('failing', requests(1))
        const answer = results.get('r-0')
        assert.equal(answer.kind, 'error')
        assert.equal(JSON.parse(answer.body).errorType, 'RangeError')
        const document = parse(lines.filter((line) => line.includes('"_aws"')))[0]
        assert.equal(document.Errors, 1)
        assert.equal(document.error.message, 'no stock for [email]')
        assert.equal(document.error.cause.message, 'gone')
      })

      it('a streaming handler streams, and its first byte is timed', async () => {
        const { lines, results } = await run('streaming', [{ event: {} }, { event: { fail: true } }])
        const documents = parse(lines.filter((line) => line.includes('"_aws"')))
        assert.equal(results.get('r-0').body, 'ab')
        assert.ok(documents[0].TimeToFirstByte >= 4)
        assert.equal(documents[0].Errors, 0)
        assert.equal(results.get('r-1').kind, 'error')
        assert.equal(documents[1].Errors, 1)
      })

      it('a batch handler: records counted, each with ids of its own', async () => {
        const record = (index) => ({
          messageId: `m-${index}`,
          eventSource: 'aws:sqs',
          body: '{}',
          messageAttributes: { 'x-observe-session-id': { stringValue: session(index) } },
        })
        const { lines } = await run('batch', [{ event: { Records: [record(1), record(2)] } }])
        const records = parse(lines)
        assert.deepEqual(
          records.map(({ sessionId, recordId }) => [sessionId, recordId]),
          [
            [session(1), 'm-1'],
            [session(2), 'm-2'],
            [undefined, undefined],
          ],
        )
        assert.equal(records[2].RecordsProcessed, 2)
        assert.equal(records[2].BatchItemFailures, 1)
      })

      it('a run that dies with its process is written and counted', async () => {
        const { lines } = await runSandbox({
          ...{ node, client, format, handler: 'crashing' },
          ...{ invocations: requests(1), dies: true },
        })
        const records = parse(lines.filter((line) => line.startsWith('{') && line.includes('"service"')))
        assert.deepEqual(
          records.map(({ message }) => message),
          ['last words', 'invocation failed'],
        )
        assert.equal(records[1].Errors, 1)
        assert.equal(records[1].error.name, 'ProcessExit')
      })

      it('a slow handler: metrics before the deadline, and the run goes on', async () => {
        const { lines, results } = await run('slow', [{ event: {}, timeoutMs: 100 }])
        const records = parse(lines)
        assert.equal(records[0].Timeouts, 1)
        assert.equal(records[1].Started, 1)
        assert.equal(records[2].message, 'invocation finished after its timeout warning')
        assert.equal(results.get('r-0').body, '"late"')
      })
    })
  }
}

for (const node of [20, 22, 24]) {
  describe(`Node ${node}, four requests at a time`, () => {
    it('no line of one request carries another one’s ids', async () => {
      const { lines } = await runSandbox({
        node,
        handler: 'concurrent',
        invocations: requests(40),
        env: {
          AWS_LAMBDA_MAX_CONCURRENCY: '4',
          AWS_LAMBDA_NODEJS_WORKER_COUNT: '1',
          AWS_LAMBDA_INITIALIZATION_TYPE: 'lambda-managed-instances',
        },
      })
      const records = parse(lines)
      assert.equal(records.length, 40 * 7)
      let interleaved = 0
      records.forEach((record, position) => {
        const index = Number(record.requestId.slice(2))
        assert.equal(record.owner, `owner-${index}`)
        assert.equal(record.sessionId, session(index))
        assert.equal(record.xrayTraceId, traceOf(index).slice(5, 40))
        for (const key of ['lineOwner', 'propertyOwner']) {
          if (key in record) assert.equal(record[key], `owner-${index}`)
        }
        if ('Steps' in record) assert.equal(record.Steps, 5)
        if ('ColdStart' in record) assert.equal(record.ColdStart, 0)
        if (position > 0 && records[position - 1].requestId !== record.requestId) interleaved++
      })
      assert.ok(interleaved > 40, 'the requests did overlap')
    })
  })

  describe(`Node ${node}, four worker threads of a managed instance, one pipe`, () => {
    const run = (reader, requestCount, lines, length) =>
      runSandbox({
        ...{ node, handler: 'lengthy', reader },
        invocations: Array.from({ length: requestCount }, (_, index) => ({
          event: { owner: `owner-${index}`, lines, length },
        })),
        env: {
          AWS_LAMBDA_MAX_CONCURRENCY: '4',
          AWS_LAMBDA_NODEJS_WORKER_COUNT: '4',
          AWS_LAMBDA_INITIALIZATION_TYPE: 'lambda-managed-instances',
        },
      })

    it('a line of up to 4 096 bytes is never cut, also while the pipe is full', async () => {
      const { lines } = await run('sleep 0.5; dd bs=1000 status=none', 40, 20, 3_865)
      assert.equal(Math.max(...lines.map((line) => Buffer.byteLength(line) + 1)), 4_096)
      const records = parse(lines)
      const written = records.filter(({ filler }) => filler).map(({ owner, line }) => `${owner} ${line}`)
      assert.equal(new Set(written).size, 40 * 20)
      assert.equal(records.length, 40 * 21)
    })

    it('a longer one is whole as long as the pipe has room for it', async () => {
      const { lines } = await run('sleep 0.5; cat', 5, 1, 7_000)
      assert.equal(parse(lines).filter(({ filler }) => filler?.length === 7_000).length, 5)
    })
  })
}

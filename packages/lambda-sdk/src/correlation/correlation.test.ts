import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  addContext,
  createFetch,
  type Handler,
  logger,
  propagationAttributes,
  propagationHeaders,
  withObservability,
  withRecord,
} from '../index.ts'
import { type CapturedLines, captureLines, createContext, createHttpEvent } from '../testing/index.ts'
import { extractCorrelation } from './extractCorrelation.ts'

const sessionId = '0198f3c2-7c1e-7000-8000-000000000001'
const traceId = '0af7651916cd43dd8448eb211c80319c'
const traceparent = `00-${traceId}-b7ad6b7169203331-01`
const xray = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1'
const carried = { 'x-observe-session-id': sessionId, traceparent }
const ids = { sessionId, traceId }

const sqsRecord = (n: string, changes: object = {}) => ({
  messageId: `m-${n}`,
  eventSource: 'aws:sqs',
  body: '{}',
  attributes: { AWSTraceHeader: xray },
  messageAttributes: {
    'x-observe-session-id': { stringValue: `s-${n}`, dataType: 'String' },
    traceparent: { stringValue: traceparent, dataType: 'String' },
  },
  ...changes,
})

describe('ids are read from', () => {
  const notification = JSON.stringify({
    Type: 'Notification',
    Message: 'm',
    MessageAttributes: {
      'x-observe-session-id': { Type: 'String', Value: sessionId },
      traceparent: { Type: 'String', Value: traceparent },
    },
  })
  it.each([
    [
      'an HTTP API',
      createHttpEvent({ method: 'GET', path: '/orders/17', routeKey: 'GET /orders/{id}', headers: carried }),
      { route: 'GET /orders/{id}', ...ids },
    ],
    [
      'a catch-all route',
      createHttpEvent({ method: 'GET', path: '/orders/4711000', headers: carried }),
      { route: 'GET /orders/:id', ...ids },
    ],
    [
      'a REST API',
      {
        httpMethod: 'GET',
        resource: '/orders/{id}',
        path: '/orders/17',
        requestContext: { requestId: 'q' },
        headers: { 'X-Observe-Session-Id': sessionId, Traceparent: traceparent },
      },
      { route: 'GET /orders/{id}', ...ids },
    ],
    [
      'a WebSocket API, whose messages have no headers',
      { requestContext: { routeKey: 'placeOrder', eventType: 'MESSAGE', connectionId: 'c' }, body: '{}' },
      { route: 'placeOrder', sessionId: undefined },
    ],
    [
      'a WebSocket API that is connected to',
      { requestContext: { routeKey: '$connect', eventType: 'CONNECT', connectionId: 'c' }, headers: carried },
      { route: '$connect', ...ids },
    ],
    [
      'a load balancer',
      {
        httpMethod: 'GET',
        path: '/orders/17',
        requestContext: { elb: {} },
        multiValueHeaders: { 'x-observe-session-id': [sessionId], traceparent: [traceparent] },
      },
      { route: 'GET /orders/:id', ...ids },
    ],
    [
      'a function URL',
      {
        ...createHttpEvent({ path: '/x', headers: carried }),
        requestContext: { http: { method: 'GET' }, domainName: 'abc.lambda-url.eu-west-1.on.aws' },
      },
      { route: 'GET /x', ...ids },
    ],
    [
      'SQS',
      { Records: [sqsRecord('1')] },
      {
        sessionId: 's-1',
        traceId,
        sourceId: 'm-1',
        xrayTraceId: '1-5759e988-bd862e3fe1be46a994272793',
      },
    ],
    [
      'SNS behind SQS',
      { Records: [sqsRecord('1', { body: notification, messageAttributes: {} })] },
      { ...ids },
    ],
    [
      'SNS',
      {
        Records: [
          {
            EventSource: 'aws:sns',
            Sns: { MessageId: 'n-1', MessageAttributes: JSON.parse(notification).MessageAttributes },
          },
        ],
      },
      { sourceId: 'n-1', ...ids },
    ],
    [
      'EventBridge',
      { id: 'e-1', source: 'shop', 'detail-type': 'OrderPlaced', detail: { orderId: 1, ...carried } },
      { route: 'OrderPlaced', ...ids },
    ],
    [
      'Kinesis',
      {
        Records: [
          {
            eventSource: 'aws:kinesis',
            eventID: 'k-1',
            kinesis: { data: Buffer.from(JSON.stringify(carried)).toString('base64') },
          },
        ],
      },
      { sourceId: 'k-1', ...ids },
    ],
    [
      'DynamoDB',
      {
        Records: [
          {
            eventSource: 'aws:dynamodb',
            eventID: 'd-1',
            dynamodb: {
              NewImage: { 'x-observe-session-id': { S: sessionId }, traceparent: { S: traceparent } },
            },
          },
        ],
      },
      { sourceId: 'd-1', ...ids },
    ],
    [
      'S3',
      { Records: [{ eventSource: 'aws:s3', responseElements: { 'x-amz-request-id': 'x-1' }, s3: {} }] },
      { sourceId: 'x-1' },
    ],
    [
      'AppSync',
      { info: { fieldName: 'order', parentTypeName: 'Query' }, request: { headers: carried }, arguments: {} },
      { route: 'Query.order', ...ids },
    ],
    [
      'Step Functions',
      { Execution: { Id: 'arn:x' }, State: { Name: 'Ship' }, ...carried },
      { route: 'Ship', ...ids },
    ],
    ['a direct invocation', carried, ids],
  ])('%s', (_name, event, expected) => {
    expect(extractCorrelation(event, createContext())).toMatchObject(expected)
  })

  it('the client context of a direct invocation', () => {
    const context = { ...createContext(), clientContext: { custom: carried } }
    expect(extractCorrelation({}, context)).toMatchObject(ids)
  })

  it('the runtime, when the event has no trace', () => {
    vi.stubEnv('_X_AMZN_TRACE_ID', xray)
    expect(extractCorrelation({}, {})).toMatchObject({ traceId: '5759e988bd862e3fe1be46a994272793' })
    expect(extractCorrelation({}, { xRayTraceId: xray.replace('5759', '1111') })).toMatchObject({
      traceId: '1111e988bd862e3fe1be46a994272793',
    })
  })
})

it.each([
  ['text', 'x'],
  ['version ff', `ff-${traceId}-b7ad6b7169203331-01`],
  ['an all-zero trace', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`],
  ['an all-zero span', `00-${traceId}-${'0'.repeat(16)}-01`],
  ['upper case', traceparent.toUpperCase()],
  ['quotes', `${traceparent}-","level":"`.repeat(20)],
])('a traceparent that is invalid (%s) is ignored', (_name, header) => {
  expect(
    extractCorrelation(createHttpEvent({ headers: { traceparent: header } }), {}).traceId,
  ).toBeUndefined()
})

it('a session id that could break a line is ignored', () => {
  const event = createHttpEvent({ headers: { 'x-observe-session-id': 's","level":"FATAL' } })
  expect(extractCorrelation(event, {}).sessionId).toBeUndefined()
})

it('events that cannot be read have no ids', () => {
  const trap = new Proxy(
    {},
    {
      get: () => {
        throw new Error('no')
      },
      has: () => {
        throw new Error('no')
      },
    },
  )
  for (const event of [
    null,
    1,
    'x',
    [],
    trap,
    { Records: [trap] },
    { Records: 'x' },
    { requestContext: trap },
  ]) {
    expect(extractCorrelation(event, undefined)).toMatchObject({ sessionId: undefined })
  }
})

describe('within an invocation', () => {
  let captured: CapturedLines
  beforeEach(() => {
    captured = captureLines()
  })
  afterEach(() => captured.restore())
  const inside = async <T>(
    work: () => T,
    event: object = createHttpEvent({ headers: { ...carried, 'x-amzn-trace-id': xray } }),
  ) => {
    const handler: Handler = withObservability(async () => work())
    return (await handler(event, createContext())) as T
  }

  it('session and trace are passed on, with a span of its own', async () => {
    const headers = await inside(propagationHeaders)
    expect(headers).toEqual({
      'x-observe-session-id': sessionId,
      traceparent: expect.stringMatching(new RegExp(`^00-${traceId}-[\\da-f]{16}-01$`)),
      'x-amzn-trace-id': xray,
    })
    expect(headers.traceparent).not.toBe(traceparent)
    expect(await inside(propagationAttributes)).toMatchObject({
      'x-observe-session-id': { DataType: 'String', StringValue: sessionId },
    })
    expect(propagationHeaders()).toEqual({})
  })

  it('fetch tells own services only, and leaves what the caller set', async () => {
    const sent: { url: string; headers: Record<string, string> }[] = []
    const fetch = createFetch({
      origins: ['https://*.example.com'],
      fetch: async (input, init) => {
        sent.push({
          url: String(input instanceof Request ? input.url : input),
          headers: Object.fromEntries(new Headers(init?.headers)),
        })
        return new Response()
      },
    })
    await inside(async () => {
      await fetch('https://stock.example.com/items', { headers: { accept: 'a', traceparent: 'mine' } })
      await fetch(new Request('https://stock.example.com/items', { headers: { accept: 'b' } }))
      await fetch('https://elsewhere.example.org/')
    })
    expect(sent[0]?.headers).toMatchObject({
      accept: 'a',
      traceparent: 'mine',
      'x-observe-session-id': sessionId,
    })
    expect(sent[1]?.headers).toMatchObject({ accept: 'b', traceparent: expect.stringContaining(traceId) })
    expect(sent[2]?.headers).toEqual({})
    expect(() => createFetch({} as never)).toThrow('needs the option "origins"')
  })

  it('each record of a batch has its own ids', async () => {
    const records = [sqsRecord('1'), sqsRecord('2')]
    await inside(
      async () => {
        logger.info('batch')
        await Promise.all(
          records.map((record) =>
            withRecord(record, async () => {
              await Promise.resolve()
              logger.info('record')
              return propagationHeaders()['x-observe-session-id']
            }),
          ),
        ).then((sessions) => expect(sessions).toEqual(['s-1', 's-2']))
      },
      { Records: records },
    )
    expect(captured.lines).toMatchObject([
      { message: 'batch' },
      { message: 'record', sessionId: 's-1', recordId: 'm-1', requestId: 'test-request' },
      { message: 'record', sessionId: 's-2', recordId: 'm-2' },
      { message: 'invocation', RecordsProcessed: 2 },
    ])
    expect(captured.lines[0]).not.toHaveProperty('sessionId')
    expect(withRecord({}, () => 'outside')).toBe('outside')
  })

  it('context is added to every further line, and ends with the invocation', async () => {
    await inside(async () => {
      addContext({ userId: 'u_1', email: 'jane@example.com' })
      addContext({ userId: 'u_2', level: 'mine' })
      await Promise.resolve()
      logger.info('after')
    })
    await inside(() => logger.info('next'))
    expect(captured.lines).toMatchObject([
      { message: 'after', userId: 'u_2', email: '[email]', custom_level: 'mine' },
      { message: 'invocation', userId: 'u_2' },
      { message: 'next' },
      {},
    ])
    expect(captured.raw[0]?.match(/userId/g)).toHaveLength(1)
    expect(captured.lines[2]).not.toHaveProperty('userId')
    addContext({ ignored: true })
  })
})

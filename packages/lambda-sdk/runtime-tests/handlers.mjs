import { addContext, logger, metrics, withObservability, withRecord } from '@acme/observe-lambda'

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const options = { service: 'orders', environment: 'runtime' }

export const asynchronous = withObservability(async (event) => {
  logger.info({ owner: event.owner }, 'working')
  metrics.count('Orders')
  await wait(1)
  logger.warn({ owner: event.owner }, 'done')
  return { statusCode: 201, body: event.owner }
}, options)

export const synchronous = withObservability((event) => ({ statusCode: 200, body: event.owner }), options)

export const callback = withObservability((event, _context, done) => {
  setTimeout(() => done(null, { statusCode: 200, body: event.owner }), 1)
}, options)

/** Names no callback, and uses the one that Node 20 and 22 pass. */
export const variadic = withObservability((...args) => {
  const [event, , done] = args
  setTimeout(() => done(event.fail ? new RangeError('no') : null, { statusCode: 503 }), 20)
}, options)

export const contextual = withObservability((event, context) => {
  setTimeout(
    () => (event.fail ? context.fail(new RangeError('no')) : context.succeed({ statusCode: 503 })),
    20,
  )
}, options)

/** Takes a callback and forgets it. */
export const silent = withObservability((_event, _context, _done) => {
  logger.info('nothing to do')
}, options)

export const failing = withObservability(async () => {
  throw new RangeError('no stock for jane@example.com', { cause: new Error('gone') })
}, options)

export const streaming = withObservability(
  awslambda.streamifyResponse(async (event, stream) => {
    await wait(5)
    stream.write('a')
    await wait(1)
    if (event.fail) throw new Error('after the first byte')
    stream.write('b')
    stream.end()
  }),
  options,
)

export const concurrent = withObservability(async (event) => {
  addContext({ owner: event.owner })
  metrics.addProperty('propertyOwner', event.owner)
  for (let step = 0; step < 5; step++) {
    await wait(Math.random() * 8)
    logger.info({ lineOwner: event.owner, step }, 'step')
    metrics.count('Steps')
  }
  return { statusCode: 200 }
}, options)

/** Writes lines of about the length asked for, in as many threads as the runtime has. */
export const lengthy = withObservability(async (event) => {
  for (let line = 0; line < event.lines; line++) {
    logger.info({ owner: event.owner, line, filler: 'x'.repeat(event.length - line) })
    if (line % 5 === 0) await wait(1)
  }
}, options)

export const batch = withObservability(async (event) => {
  for (const record of event.Records) withRecord(record, () => logger.info('record'))
  return { batchItemFailures: [{ itemIdentifier: event.Records[0].messageId }] }
}, options)

export const slow = withObservability(
  async () => {
    metrics.count('Started')
    await wait(120)
    return 'late'
  },
  { ...options, timeoutWarningMs: 60 },
)

export const crashing = withObservability(async () => {
  logger.info('last words')
  setTimeout(() => {
    throw new TypeError('nobody catches this')
  }, 1)
  await wait(1_000)
}, options)

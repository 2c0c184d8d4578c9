import middy from '@middy/core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { logger, withObservability } from '../index.ts'
import { type CapturedLines, captureLines, createContext, createHttpEvent } from '../testing/index.ts'
import { observability } from './index.ts'

let captured: CapturedLines
beforeEach(() => {
  captured = captureLines()
})
afterEach(() => captured.restore())

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 1))
const later = { before: pause, after: pause }

it('observes a request with its ids in the handler and in other middlewares', async () => {
  const handler = middy(async () => {
    logger.info('handler')
    await pause()
    logger.info('handler again')
    return { statusCode: 200 }
  })
    .use(observability({ service: 'orders' }))
    .use(later)
    .before(() => logger.info('before'))
    .after(() => logger.info('after'))
  expect(await handler(createHttpEvent(), createContext({ requestId: 'r-1' }))).toEqual({ statusCode: 200 })
  expect(captured.lines.map(({ message, requestId }) => [message, requestId])).toEqual(
    ['before', 'handler', 'handler again', 'after', 'invocation'].map((message) => [message, 'r-1']),
  )
  expect(captured.lines.at(-1)).toMatchObject({ Invocations: 1, status: 200, service: 'orders' })
})

it('counts failures and leaves them as they are', async () => {
  const handler = middy(async () => {
    throw new RangeError('no')
  }).use(observability())
  await expect(handler({}, createContext())).rejects.toThrow(RangeError)
  expect(captured.lines).toMatchObject([{ Errors: 1, error: { name: 'RangeError' } }])
})

it('keeps concurrent requests apart', async () => {
  const handler = middy(async ({ id }: { id: string }) => {
    await pause()
    logger.info({ owner: id }, 'step')
  }).use(observability())
  await Promise.all(['a', 'b', 'c'].map((id) => handler({ id }, createContext({ requestId: id }))))
  const steps = captured.lines.filter(({ message }) => message === 'step')
  expect(steps.map(({ owner }) => owner)).toEqual(steps.map(({ requestId }) => requestId))
  expect(new Set(steps.map(({ requestId }) => requestId)).size).toBe(3)
})

it('wrapping what middy returns works as well, early answers included', async () => {
  const handler = withObservability(middy(async () => 'never').before(() => ({ statusCode: 401 })))
  expect(await handler({}, createContext())).toEqual({ statusCode: 401 })
  expect(captured.lines).toMatchObject([{ Invocations: 1, status: 401 }])
})

it('tells a misspelt option', () => {
  expect(() => observability({ servce: 'x' } as never)).toThrow(
    'observability has no option "servce". Did you mean "service"?',
  )
})

import middy6 from '@middy/core'
import middy7 from 'middy-7'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { addContext, logger, metrics, withObservability } from '../index.ts'
import { duplicateKeys } from '../testing/duplicateKeys.ts'
import { type CapturedLines, captureLines, createContext, createHttpEvent } from '../testing/index.ts'
import { observability } from './index.ts'

let captured: CapturedLines
beforeEach(() => {
  captured = captureLines()
})
afterEach(() => {
  captured.restore()
  for (const line of captured.raw) expect(duplicateKeys(line)).toEqual([])
})

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 1))
const later = { before: pause, after: pause }

describe.each([
  ['6', middy6],
  ['7', middy7 as unknown as typeof middy6],
])('with middy %s', (version, middy) => {
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

  it('counts an answer that another middleware gives before the handler', async () => {
    const never = vi.fn(async () => ({ statusCode: 200 }))
    const handler = middy(never)
      .use(observability({ timeoutWarningMs: 20 }))
      .use(later)
      .before(() => ({ statusCode: 401 }))
    expect(await handler({}, createContext({ requestId: 'r-1', timeoutMs: 40 }))).toEqual({ statusCode: 401 })
    expect(never).not.toHaveBeenCalled()
    expect(captured.lines).toMatchObject([{ Invocations: 1, Errors: 0, status: 401, requestId: 'r-1' }])
    // Neither a timeout nor the end of the process is still waited for.
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(captured.lines).toHaveLength(1)
  })

  it('counts what becomes of an error after an early answer: middy 6 gives the answer, 7 takes it back', async () => {
    const handler = middy(async () => 'never')
      .use(observability())
      .before((request) => {
        Object.assign(request, { earlyResponse: { statusCode: 200 } })
        throw new RangeError('no')
      })
    const failed = await handler({}, createContext()).then(
      () => 0,
      () => 1,
    )
    expect(failed).toBe(version === '7' ? 1 : 0)
    expect(captured.lines).toMatchObject([{ Invocations: 1, Errors: failed }])
  })

  it('counts an answer that another middleware gives after the handler', async () => {
    const handler = middy(async () => ({ statusCode: 200 }))
      .use(observability())
      .after(() => ({ statusCode: 304 }))
    expect(await handler({}, createContext())).toEqual({ statusCode: 304 })
    expect(captured.lines).toMatchObject([{ Invocations: 1, status: 304 }])
  })

  it.each([
    [
      'by setting the response',
      (request: { response: unknown }) => {
        request.response = { statusCode: 422 }
      },
    ],
    ['by returning it', () => ({ statusCode: 422 })],
  ])('counts no error that another middleware turned into an answer, %s', async (_name, onError) => {
    const handler = middy(async () => {
      throw new RangeError('no')
    })
      .use(observability())
      .onError(onError as never)
    expect(await handler({}, createContext())).toEqual({ statusCode: 422 })
    expect(captured.lines).toMatchObject([{ Invocations: 1, Errors: 0, status: 422 }])
  })

  it.each([
    [
      'before',
      {
        before: () => {
          throw new RangeError('no')
        },
      },
    ],
    [
      'after',
      {
        after: async () => {
          throw new RangeError('no')
        },
      },
    ],
  ])('counts the failure of another middleware, %s the handler', async (_name, failing) => {
    const handler = middy(async () => 1)
      .use(observability())
      .use(failing)
    await expect(handler({}, createContext())).rejects.toThrow(RangeError)
    expect(captured.lines).toMatchObject([{ Errors: 1, error: { name: 'RangeError' } }])
  })

  it('keeps requests apart that fail, answer early and succeed at the same time', async () => {
    const handler = middy(async ({ id }: { id: string }) => {
      addContext({ owner: id })
      await pause()
      logger.info({ lineOwner: id }, 'step')
      metrics.count('Steps')
      if (id.startsWith('bad')) throw new Error(id)
      return { statusCode: 200 }
    })
      .use(observability())
      .use(later)
      .before(({ event }) => (event.id.startsWith('early') ? { statusCode: 401 } : undefined))
    const ids = Array.from({ length: 30 }, (_, index) => `${['good', 'bad', 'early'][index % 3]}-${index}`)
    const results = await Promise.allSettled(
      ids.map((id) => handler({ id }, createContext({ requestId: id }))),
    )
    expect(results.map(({ status }) => status)).toEqual(
      ids.map((id) => (id.startsWith('bad') ? 'rejected' : 'fulfilled')),
    )
    for (const id of ids) {
      const own = captured.lines.filter(({ requestId }) => requestId === id)
      const early = id.startsWith('early')
      expect(own).toHaveLength(early ? 1 : 3)
      expect(own.find(({ Invocations }) => Invocations === 1)).toMatchObject({
        Errors: id.startsWith('bad') ? 1 : 0,
      })
      for (const line of own) {
        if (!early) expect(line.owner).toBe(id)
        if ('lineOwner' in line) expect(line.lineOwner).toBe(id)
      }
    }
  })
})

it('tells a misspelt option', () => {
  expect(() => observability({ servce: 'x' } as never)).toThrow(
    'observability has no option "servce". Did you mean "service"?',
  )
})

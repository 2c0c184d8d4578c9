import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Callback,
  Context,
  Handler,
  SQSBatchResponse,
  SQSEvent,
} from 'aws-lambda'
import { expectTypeOf, test } from 'vitest'
import { withObservability } from './index.ts'

test('the wrapped handler has exactly the type of the original', () => {
  const asynchronous = async (event: APIGatewayProxyEventV2, context: Context) => ({
    statusCode: 200,
    body: event.rawPath + context.awsRequestId,
  })
  expectTypeOf(withObservability(asynchronous)).toEqualTypeOf<typeof asynchronous>()

  const synchronous = (event: { a: 1 }) => event.a
  expectTypeOf(withObservability(synchronous)).toEqualTypeOf<(event: { a: 1 }) => 1>()

  const callback = (_event: { a: 1 }, _context: Context, done: Callback<string>) => done(null, 'x')
  expectTypeOf(withObservability(callback)).toEqualTypeOf<typeof callback>()

  const generic: Handler<SQSEvent, SQSBatchResponse> = async () => ({ batchItemFailures: [] })
  expectTypeOf(withObservability(generic)).toEqualTypeOf<Handler<SQSEvent, SQSBatchResponse>>()

  const marked = Object.assign(async (_event: string) => 1, { mark: true as const })
  expectTypeOf(withObservability(marked).mark).toEqualTypeOf<true>()
})

test('a bare arrow takes its types from where it is used', () => {
  const handler: Handler<SQSEvent, SQSBatchResponse> = withObservability(async (event) => {
    expectTypeOf(event).toEqualTypeOf<SQSEvent>()
    return { batchItemFailures: [] }
  })
  expectTypeOf(handler).toEqualTypeOf<Handler<SQSEvent, SQSBatchResponse>>()
})

test('results stay what they are', () => {
  const handler = withObservability(
    async (): Promise<APIGatewayProxyStructuredResultV2> => ({ statusCode: 201 }),
  )
  expectTypeOf(handler).returns.resolves.toEqualTypeOf<APIGatewayProxyStructuredResultV2>()
})

test('wrong calls are refused', () => {
  // @ts-expect-error no function
  withObservability({})
  // @ts-expect-error a misspelt option
  withObservability(async () => 1, { servise: 'x' })
  // @ts-expect-error an unknown level
  withObservability(async () => 1, { logs: { level: 'loud' } })
})

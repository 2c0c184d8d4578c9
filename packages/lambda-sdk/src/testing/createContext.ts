import type { Context } from 'aws-lambda'

/** What a test may want to set of a Lambda context. */
export interface ContextOptions {
  /** Default: `test-request`. */
  requestId?: string
  /** Default: `test-function`. */
  functionName?: string
  /** Time until the deadline, in milliseconds; counts down in real time. Default: 3 000. */
  timeoutMs?: number
}

/**
 * A Lambda context as the runtime passes it.
 *
 * @example
 * ```ts
 * await handler(createHttpEvent({ path: '/orders' }), createContext())
 * ```
 */
export const createContext = ({
  requestId = 'test-request',
  functionName = 'test-function',
  timeoutMs = 3_000,
}: ContextOptions = {}): Context => {
  const deadline = performance.now() + timeoutMs
  return {
    awsRequestId: requestId,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:eu-west-1:123456789012:function:${functionName}`,
    memoryLimitInMB: '128',
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: '2026/01/01/[$LATEST]0123456789abcdef',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
    done: () => {},
    fail: () => {},
    succeed: () => {},
  }
}

import type { NextInvocation } from './runtimeClient.ts'

/** The `context` object of the Node runtime. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
export const createContext = (
  { requestId, deadlineMs, functionArn }: NextInvocation,
  env: NodeJS.ProcessEnv,
  done: (error: unknown, result?: unknown) => void,
) => ({
  callbackWaitsForEmptyEventLoop: true,
  functionName: env.AWS_LAMBDA_FUNCTION_NAME ?? '',
  functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION ?? '',
  memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? '',
  logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME ?? '',
  logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME ?? '',
  invokedFunctionArn: functionArn,
  awsRequestId: requestId,
  getRemainingTimeInMillis: () => deadlineMs - Date.now(),
  done,
  fail: (error: unknown) => done(error ?? 'handled'),
  succeed: (result: unknown) => done(null, result),
})

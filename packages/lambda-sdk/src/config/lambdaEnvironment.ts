/** How Lambda prepared this sandbox, `AWS_LAMBDA_INITIALIZATION_TYPE`. */
export type InitializationType =
  | 'on-demand'
  | 'provisioned-concurrency'
  | 'snap-start'
  | 'lambda-managed-instances'

/** What the process environment says about the function. */
export interface LambdaEnvironment {
  functionName: string
  /** `OBSERVE_SERVICE`, else the function's name. */
  service: string
  /** `OBSERVE_ENVIRONMENT`, else `development`. */
  environment: string
  initializationType: InitializationType | undefined
  /** Lambda's application log level (`AWS_LAMBDA_LOG_LEVEL`): the platform drops JSON lines below it. */
  platformLogLevel: string | undefined
  /** `LOG_LEVEL`. */
  logLevel: string | undefined
}

/** Reads the process environment. Cheap, but not free: call it while initialising, not per invocation. */
export const readLambdaEnvironment = (env: NodeJS.ProcessEnv = process.env): LambdaEnvironment => {
  const functionName = env.AWS_LAMBDA_FUNCTION_NAME || 'local'
  return {
    functionName,
    service: env.OBSERVE_SERVICE || functionName,
    environment: env.OBSERVE_ENVIRONMENT || 'development',
    initializationType: env.AWS_LAMBDA_INITIALIZATION_TYPE as InitializationType | undefined,
    platformLogLevel: env.AWS_LAMBDA_LOG_LEVEL?.toLowerCase(),
    logLevel: env.LOG_LEVEL?.toLowerCase(),
  }
}

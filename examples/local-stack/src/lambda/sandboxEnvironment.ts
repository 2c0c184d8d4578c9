import { DEFAULT_MEMORY_MEGABYTES, type FunctionDefinition } from './functionDefinition.ts'

/** What a sandbox is told about itself. */
export interface SandboxIdentity {
  definition: FunctionDefinition
  /** `host:port` of its Runtime API. */
  runtimeApi: string
  logStreamName: string
  taskRoot: string
}

const REGION = 'us-east-1'
export const ACCOUNT_ID = '000000000000'

export const functionArn = (name: string): string => `arn:aws:lambda:${REGION}:${ACCOUNT_ID}:function:${name}`

export const logGroupName = (name: string): string => `/aws/lambda/${name}`

/**
 * The environment Lambda gives a function, and nothing of the parent's but what starting a process takes.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export const sandboxEnvironment = ({
  definition,
  runtimeApi,
  logStreamName,
  taskRoot,
}: SandboxIdentity): Record<string, string> => ({
  ...inherited(),
  TZ: ':UTC',
  LANG: 'en_US.UTF-8',
  NODE_OPTIONS: '--enable-source-maps',
  AWS_REGION: REGION,
  AWS_DEFAULT_REGION: REGION,
  AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${process.versions.node.split('.')[0]}.x`,
  AWS_LAMBDA_FUNCTION_NAME: definition.name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMegabytes ?? DEFAULT_MEMORY_MEGABYTES),
  AWS_LAMBDA_LOG_GROUP_NAME: logGroupName(definition.name),
  AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
  AWS_LAMBDA_LOG_FORMAT: 'JSON',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
  ...definition.environment,
  // After the function's own: these are reserved keys, as on Lambda.
  AWS_LAMBDA_RUNTIME_API: runtimeApi,
  LAMBDA_TASK_ROOT: taskRoot,
  _HANDLER: 'index.handler',
})

const inherited = (): Record<string, string> =>
  Object.fromEntries(
    ['PATH', 'SystemRoot', 'TEMP', 'TMPDIR'].flatMap((key) => {
      const value = process.env[key]
      return value === undefined ? [] : [[key, value]]
    }),
  )

/** A Lambda function as its deployment describes it. */
export interface FunctionDefinition {
  /** Unique; becomes `AWS_LAMBDA_FUNCTION_NAME`. */
  name: string
  /** Module that exports `handler`. A path relative to `baseUrl` of the list it comes from, or absolute. */
  entry: string
  /** Route keys of the HTTP API, payload format 2.0, for example `GET /orders/{id}` or `$default`. */
  routes: readonly string[]
  /** The invocation is stopped and its sandbox replaced after this long. */
  timeoutSeconds: number
  environment: Readonly<Record<string, string>>
  /** Default 256. Reported to the function, not enforced. */
  memoryMegabytes?: number
  /** Most requests served at the same time, each in a process of its own. Default 4. */
  maxConcurrency?: number
}

export const DEFAULT_MEMORY_MEGABYTES = 256
export const DEFAULT_MAX_CONCURRENCY = 4

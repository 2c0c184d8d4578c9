import type { LogLevelName } from '../logs/levels.ts'

/** Options of {@link withObservability}. All optional. */
export interface ObserveOptions {
  /** Name of the service on every line. Default: `OBSERVE_SERVICE`, else the function's name. */
  service?: string
  /** Deployment stage. Default: `OBSERVE_ENVIRONMENT`, else `development`. */
  environment?: string
  /** CloudWatch namespace of all metrics. Default: `Observe/<environment>`. */
  namespace?: string
  /**
   * Dimensions besides `FunctionName` on every metric. Each distinct combination of values is one custom metric on the
   * bill, so keep them few and their values fewer. At most 29, none named as a member that
   * documents have of their own, such as `Duration` or `requestId`. Default: none.
   */
  dimensions?: Record<string, string>
  /** How long before the deadline to warn and flush the metrics, in milliseconds; `false` switches it off. Default: 500. */
  timeoutWarningMs?: number | false
  /** How lines are written. */
  logs?: LogOptions
}

/** How the logger treats lines written during an invocation. */
export interface LogOptions {
  /**
   * Lowest level written. Default: `AWS_LAMBDA_LOG_LEVEL`, else `LOG_LEVEL`, else `info`. Lambda drops JSON lines below
   * `AWS_LAMBDA_LOG_LEVEL` whatever is set here, so that one wins.
   */
  level?: LogLevelName
  /** Share of invocations, from 0 to 1, that are logged from `debug` on. Drawn once per invocation. Default: 0. */
  sampleDebugRate?: number
  /**
   * Keeps lines below the level in memory (64 kB per invocation, newest win), from `debug` on, and writes them when an error
   * is logged, the handler fails or its deadline is near; otherwise they are forgotten. Default: false.
   */
  bufferUntilError?: boolean
  /**
   * Turns `console.*` into structured lines with the same content and the invocation's ids. Process-wide. Default: false.
   */
  console?: boolean
}

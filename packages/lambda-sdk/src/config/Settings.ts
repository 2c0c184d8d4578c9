import type { InvocationTemplate } from '../emf/invocationTemplate.ts'
import type { LogLevelName } from '../logs/levels.ts'

/** Options after checking and defaults: what one wrapped handler works with. */
export interface Settings {
  /** The service as the first of the JSON members that every line carries, with a leading comma. */
  readonly linePrefix: string
  readonly namespace: string
  /** `FunctionName` first, then the option's. Values are valid for CloudWatch. */
  readonly dimensions: Readonly<Record<string, string>>
  /** 0 when switched off. */
  readonly timeoutWarningMs: number
  /** False where Lambda initialised the sandbox ahead of time, so that no request waited for it. */
  readonly countsColdStarts: boolean
  /** Lowest level Lambda lets through; metric documents are never written below it, or they would be dropped. */
  readonly lowestLevel: LogLevelName
  readonly template: InvocationTemplate
  readonly logs: LogSettings
}

/** Log options after defaults; levels as pino's numbers, which can be compared. */
export interface LogSettings {
  readonly level: LogLevelName
  readonly minimum: number
  readonly sampleDebugRate: number
  readonly bufferUntilError: boolean
  readonly console: boolean
}

/** A line of a function's log stream, before anyone has looked into it. */
export interface LogLine {
  functionName: string
  logStreamName: string
  /** `platform` lines are Lambda's own (start, report, timeouts). */
  source: 'stdout' | 'stderr' | 'platform'
  /** Epoch milliseconds at which it was read. */
  at: number
  line: string
}

export type OnLogLine = (line: LogLine) => void

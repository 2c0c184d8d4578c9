import { reportFailure } from '../output/reportFailure.ts'

/** Counts a log call that could not be done, and tells the first. */
export const reportLogFailure = (error: unknown): void =>
  reportFailure('OBSERVE_LOG_FAILED', 'a log line could not be written.', error)

/** Stable code of an error of the build, for programs to tell mistakes apart. */
export type BuildErrorCode =
  | 'OBSERVE_MISSING_OPTION'
  | 'OBSERVE_INVALID_OPTION'
  | 'OBSERVE_UNKNOWN_OPTION'
  | 'OBSERVE_SOURCE_MAPS'

/** An error that names the option and the fix. */
export const buildError = (code: BuildErrorCode, problem: string, cause?: unknown): Error =>
  Object.assign(new Error(`[@acme/observe-browser/vite] ${problem}`, cause === undefined ? {} : { cause }), {
    code,
  })

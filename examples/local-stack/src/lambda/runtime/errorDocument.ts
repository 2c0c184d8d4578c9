/** The error document a runtime posts, and logs. */
export interface ErrorDocument {
  errorType: string
  errorMessage: string
  stackTrace: string[]
}

/** Any thrown value, as Lambda reports it. */
export const errorDocument = (thrown: unknown): ErrorDocument => {
  if (!(thrown instanceof Error)) {
    return { errorType: typeof thrown, errorMessage: String(thrown), stackTrace: [] }
  }
  return {
    errorType: thrown.name,
    errorMessage: thrown.message,
    stackTrace: thrown.stack?.split('\n') ?? [],
  }
}

/** Runs `work` and swallows what it throws: the SDK's own mistakes must never reach the host application. */
export const attempt = <Result>(work: () => Result): Result | undefined => {
  try {
    return work()
  } catch {
    // Undefined says so.
  }
}

/** Like `attempt`, for a listener or a public method. */
export const guard =
  <Arguments extends unknown[], Result>(work: (...values: Arguments) => Result) =>
  (...values: Arguments): Result | undefined =>
    attempt(() => work(...values))

/** Writes one JSON line, the shape every Observe log line has. */
export const log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  fields: Record<string, unknown> = {},
): void => {
  process.stdout.write(
    `${JSON.stringify({ level, timestamp: new Date().toISOString(), message, ...fields })}\n`,
  )
}

/** The object a JSON text or value holds; undefined for anything else. */
export const parseObject = (value: unknown): Record<string, unknown> | undefined => {
  try {
    const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

export const prettyJson = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value, undefined, 2)

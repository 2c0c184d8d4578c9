/** Waits until `probe` answers something truthy, at most `limitMs` milliseconds. */
export const waitFor = async <Value>(
  what: string,
  probe: () => Value | Promise<Value>,
  limitMs = 10_000,
): Promise<NonNullable<Value>> => {
  const deadline = Date.now() + limitMs
  for (;;) {
    const value = await probe()
    if (value) return value
    if (Date.now() > deadline) throw new Error(`waited ${limitMs} ms in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

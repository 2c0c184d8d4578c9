/** The same answer for a session in every tab: its id's random end decides. */
export const isSampled = (sessionId: string, rate = 1): boolean =>
  Number(`0x${sessionId.slice(-6)}`) < rate * 2 ** 24

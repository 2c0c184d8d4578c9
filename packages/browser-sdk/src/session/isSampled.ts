/** The same answer for a session in every tab: its id's random end decides. */
export const isSampled = (sessionId: string, rate: number): boolean =>
  Number.parseInt(sessionId.slice(-8), 16) < rate * 2 ** 32

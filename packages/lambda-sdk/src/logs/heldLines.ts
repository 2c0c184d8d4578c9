/** Most characters held per invocation. */
const MAX_HELD = 65_536

/** Lines kept back until an error asks for them. */
export interface HeldLines {
  lines: string[]
  size: number
  /** Lines that had to make room. */
  dropped: number
}

/** Keeps one more line; the oldest make room. */
export const holdLine = (held: HeldLines | undefined, line: string): HeldLines => {
  const kept = held ?? { lines: [], size: 0, dropped: 0 }
  kept.lines.push(line)
  kept.size += line.length
  while (kept.size > MAX_HELD && kept.lines.length > 1) {
    kept.size -= kept.lines.shift()?.length ?? 0
    kept.dropped++
  }
  return kept
}

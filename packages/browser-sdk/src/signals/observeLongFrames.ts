/** A long animation frame (https://w3c.github.io/long-animation-frames/). */
export interface LongFrame {
  durationMs: number
  /** The part during which the page could not answer. */
  blockingMs: number
  /** Address of the script that took longest, without its query; empty if none is known. */
  script: string
  /** What called it: an event, a timer, a promise. */
  invoker: string
}

interface FrameEntry extends PerformanceEntry {
  blockingDuration: number
  scripts: { duration: number; sourceURL: string; invokerType: string }[]
}

/** Reports frames that took at least `thresholdMs`; `report` never throws. Returns what stops it; does nothing where browsers have no such entries. */
export const observeLongFrames = (thresholdMs: number, report: (frame: LongFrame) => void): (() => void) => {
  const observer = new PerformanceObserver((list) => {
    for (const { duration, blockingDuration, scripts } of list.getEntries() as FrameEntry[]) {
      if (duration < thresholdMs) continue
      const [worst] = [...scripts].sort((a, b) => b.duration - a.duration)
      report({
        durationMs: Math.round(duration),
        blockingMs: Math.round(blockingDuration),
        script: (worst?.sourceURL ?? '').replace(/[?#].*/, ''),
        invoker: worst?.invokerType ?? '',
      })
    }
  })
  observer.observe({ type: 'long-animation-frame', buffered: true })
  return () => observer.disconnect()
}

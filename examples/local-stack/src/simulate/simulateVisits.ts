import { setTimeout as pause } from 'node:timers/promises'
import { createRandom } from './random.ts'
import { playVisit } from './visit.ts'

export interface SimulateOptions {
  shopUrl: string
  visits: number
  /** The same seed draws the same visitors, pages, vitals and errors. Default 1. */
  seed?: number
  /** Mean arrivals. Default 8. */
  visitsPerSecond?: number
  /** Stops it early. */
  signal?: AbortSignal
}

export interface SimulateResult {
  visits: number
  requests: number
  /** Visits that a failing connection cut short. */
  aborted: number
}

/** Visits at the same time; more wait at the door. */
const MAX_CONCURRENT = 40

/** Drives synthetic visits through the shop's own HTTP interfaces. */
export const simulateVisits = async (options: SimulateOptions): Promise<SimulateResult> => {
  const { shopUrl, visits, seed = 1, visitsPerSecond = 8, signal } = options
  const arrivals = createRandom(seed)
  const result: SimulateResult = { visits: 0, requests: 0, aborted: 0 }
  const underway = new Set<Promise<void>>()
  for (let visit = 0; visit < visits && !signal?.aborted; visit += 1) {
    // Each visit draws from a source of its own: how they interleave does not change what they do.
    const playing = playVisit(shopUrl, createRandom(seed * 1_000_003 + visit), signal)
      .then((requests) => {
        result.visits += 1
        result.requests += requests
      })
      .catch(() => {
        result.aborted += 1
      })
      .finally(() => underway.delete(playing))
    underway.add(playing)
    if (underway.size >= MAX_CONCURRENT) await Promise.race(underway)
    await pause(arrivals.exponential(1000 / visitsPerSecond), undefined, signal ? { signal } : {}).catch(
      () => {},
    )
  }
  await Promise.all(underway)
  return result
}

import type { DropReason } from '@acme/observe-schema/types'

export type DropCounts = Partial<Record<DropReason, number>>

/** Counts what is lost: all of it for the status, and what the collector has not been told yet. */
export interface Drops {
  add: (reason: DropReason, count?: number) => void
  /** Losses since the last call, for the next envelope; undefined if none. */
  take: () => DropCounts | undefined
  /** Takes back losses whose report was itself lost. */
  restore: (counts?: DropCounts) => void
  /** All losses since the start. */
  total: DropCounts
}

const sum = (counts: DropCounts, reason: DropReason, count: number): void => {
  counts[reason] = (counts[reason] ?? 0) + count
}

export const createDrops = (): Drops => {
  const total: DropCounts = {}
  let untold: DropCounts = {}
  return {
    total,
    add: (reason, count = 1) => {
      if (!count) return
      sum(total, reason, count)
      sum(untold, reason, count)
    },
    restore: (counts = {}) => {
      for (const [reason, count] of Object.entries(counts)) sum(untold, reason as DropReason, count)
    },
    take: () => {
      const told = Object.keys(untold)[0] ? untold : undefined
      untold = {}
      return told
    },
  }
}

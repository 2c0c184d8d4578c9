import { watchForeignCpu } from './foreignCpu.mjs'
import { measureLoad } from './measureLoad.mjs'

/** A run in which this many loads were disturbed for one that was not says nothing. */
const MAX_ATTEMPTS_PER_SAMPLE = 4

/** Every round begins with another variant, so that none is always the first or after the same one. */
const rotate = (list, by) => list.map((_, index) => list[(index + by) % list.length])

/**
 * Loads every variant once per round. A sample during which others used more than `maxForeign` of the machine's
 * processors is discarded, counted and repeated.
 */
export const measureRounds = async ({ tab, origin, paths, loads, maxForeign, note }) => {
  const rounds = []
  const discarded = { foreignCpu: 0, otherLcpElement: 0 }
  let attempts = 0

  const sample = async (path) => {
    for (;;) {
      if (attempts++ === paths.length * loads * MAX_ATTEMPTS_PER_SAMPLE) {
        throw new Error(
          `No trustworthy run is possible now: ${discarded.foreignCpu} of ${attempts - 1} loads were disturbed by ` +
            `other programs, ${discarded.otherLcpElement} painted something else. Nothing was written.`,
        )
      }
      const foreignCpu = watchForeignCpu()
      const measured = await measureLoad({ ...tab, origin, path })
      const isDisturbed = (foreignCpu() ?? 0) > maxForeign
      if (isDisturbed) discarded.foreignCpu++
      else if (!measured) discarded.otherLcpElement++
      else return measured
    }
  }

  // The first loads of a fresh browser are slower than all that follow.
  for (const path of paths) await measureLoad({ ...tab, origin, path })
  for (let round = 0; round < loads; round++) {
    const samples = {}
    for (const path of rotate(paths, round)) samples[path] = await sample(path)
    rounds.push(samples)
    note(`round ${round + 1} of ${loads}, discarded ${discarded.foreignCpu + discarded.otherLcpElement}`)
  }
  return { rounds, discarded }
}

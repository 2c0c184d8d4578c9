import { readdirSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'

/** Ticks of the kernel's clock in one second. */
const TICKS = 100

const busyTicks = () => {
  const [user, nice, system, , , irq, softirq, steal] = readFileSync('/proc/stat', 'utf8')
    .split('\n')[0]
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number)
  return user + nice + system + irq + softirq + steal
}

/** Ticks of this process and all below it, those that have ended included. */
const ownTicks = () => {
  const processes = new Map()
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ').pop().split(' ')
      const [user, system, userOfReaped, systemOfReaped] = fields.slice(11, 15).map(Number)
      const ticks = user + system + userOfReaped + systemOfReaped
      processes.set(Number(id), { parent: Number(fields[1]), ticks })
    } catch {
      // It ended meanwhile.
    }
  }
  const isOwn = (id) => id === process.pid || (processes.has(id) && isOwn(processes.get(id).parent))
  let ticks = 0
  for (const [id, { ticks: own }] of processes) if (isOwn(id)) ticks += own
  return ticks
}

/**
 * Begins to watch what others do on this machine. The answer is their share of all its processors' time since then,
 * 0 to 1, or undefined where there is no `/proc`.
 */
export const watchForeignCpu = () => {
  try {
    const [busy, own, at] = [busyTicks(), ownTicks(), performance.now()]
    return () => {
      const available = ((performance.now() - at) / 1000) * TICKS * cpus().length
      return Math.max(0, (busyTicks() - busy - (ownTicks() - own)) / available)
    }
  } catch {
    return () => undefined
  }
}

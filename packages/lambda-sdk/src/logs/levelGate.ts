import type { Invocation } from '../invocation/Invocation.ts'
import { currentInvocation } from '../invocation/scopeStorage.ts'
import type { LogMethodHook } from './createPino.ts'
import { holdLine } from './heldLines.ts'
import { LEVEL_VALUES } from './levels.ts'
import { releaseHeldLines } from './releaseHeldLines.ts'

/** The invocation that keeps the line being made; pino makes and writes a line without a pause in between. */
let keeper: Invocation | undefined

/** pino's `logMethod` hook: lets a line pass, keeps it for later, or spares making it, by the invocation's own level. */
export const levelGate: LogMethodHook = function (args, method, level) {
  const invocation = currentInvocation()
  if (!invocation || level >= invocation.minimumLevel) {
    if (invocation && level >= LEVEL_VALUES.error) releaseHeldLines(invocation)
    Reflect.apply(method, this, args)
    return
  }
  if (!invocation.settings.logs.bufferUntilError || invocation.finished) return
  keeper = invocation
  try {
    Reflect.apply(method, this, args)
  } finally {
    keeper = undefined
  }
}

/** Keeps the line when the gate said so. */
export const holdIfHeld = (line: string): boolean => {
  if (!keeper) return false
  keeper.heldLines = holdLine(keeper.heldLines, line)
  return true
}

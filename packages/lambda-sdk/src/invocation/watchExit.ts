import { finishInvocation } from './finishInvocation.ts'
import type { Outcome } from './Outcome.ts'
import { openInvocations } from './openInvocations.ts'

class ProcessExit extends Error {
  override readonly name = 'ProcessExit'
  // Where this is made says nothing of where the process was.
  override readonly stack = ''

  constructor() {
    super('the process ended before the handler did')
  }
}

let isWatching = false

const finishDrained = (): void => {
  for (const invocation of openInvocations) {
    const kind = invocation.endsWithLoop
    if (kind) finishInvocation(invocation, { kind, error: new ProcessExit() } as Outcome)
  }
}

const finishOpen = (): void => {
  for (const invocation of openInvocations) {
    finishInvocation(invocation, { kind: 'threw', error: new ProcessExit() })
  }
}

/**
 * A run that dies with its process, by an uncaught error or `process.exit`, is written and counted as failed all the same. One
 * that the runtime of Node 22 and older ends because nothing is left to do is written before.
 */
export const watchExit = (): void => {
  if (isWatching) return
  isWatching = true
  process.prependListener('beforeExit', finishDrained)
  process.once('exit', finishOpen)
}

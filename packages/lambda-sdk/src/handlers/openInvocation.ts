import type { Settings } from '../config/Settings.ts'
import { beginInvocation } from '../invocation/beginInvocation.ts'
import type { Invocation } from '../invocation/Invocation.ts'
import { rememberOpen } from '../invocation/openInvocations.ts'
import { watchDeadline } from '../invocation/watchDeadline.ts'
import { reportFailure } from '../output/reportFailure.ts'

/** Opens an invocation, or gives undefined when even that failed: the handler then runs unobserved. */
export const openInvocation = (
  settings: Settings,
  event: unknown,
  context: unknown,
): Invocation | undefined => {
  try {
    const invocation = beginInvocation(settings, event, context)
    rememberOpen(invocation)
    watchDeadline(invocation, context)
    return invocation
  } catch (error) {
    reportFailure('OBSERVE_BEGIN_FAILED', 'an invocation could not be observed.', error)
    return undefined
  }
}

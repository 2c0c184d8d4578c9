import { MAX_USER_AGENT_LENGTH } from '@acme/observe-schema/limits'
import type { ClientInfo } from '@acme/observe-schema/types'

/** What the envelope says about the browser. To be written as JSON, which leaves out what is undefined. */
export const describeClient = (): ClientInfo => {
  const { userAgent, language, connection } = navigator as Navigator & {
    connection?: { effectiveType?: string }
  }
  return {
    userAgent: userAgent.slice(0, MAX_USER_AGENT_LENGTH),
    language,
    viewport: { width: innerWidth, height: innerHeight },
    deviceType: !matchMedia('(pointer: coarse)').matches
      ? 'desktop'
      : Math.min(screen.width, screen.height) < 600
        ? 'mobile'
        : 'tablet',
    connection: connection?.effectiveType,
  } as ClientInfo
}

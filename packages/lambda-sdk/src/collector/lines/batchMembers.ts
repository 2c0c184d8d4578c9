import type { Envelope } from '@acme/observe-schema/types'
import { jsonMembers } from '../../output/jsonMembers.ts'
import { replayLink } from './replayLink.ts'
import { scrubId, scrubLabel } from './scrub.ts'

/**
 * Members every line of a batch carries: that it came from a browser, from which app and session.
 * `app` is the dimension; a name that was folded into `other` is kept as `appName`.
 */
export const batchMembers = (
  { app, session, batchId }: Envelope,
  dimension: string,
  requestId: string,
): string => {
  const name = scrubLabel(app.name)
  return jsonMembers({
    requestId,
    source: 'browser',
    app: dimension,
    appName: [app.name, name].includes(dimension) ? undefined : name,
    appEnvironment: scrubLabel(app.environment),
    sessionId: scrubId(session.id),
    batchId: scrubId(batchId),
    replayUrl: session.replay && replayLink(session.replay.url),
  })
}

/** Members about the page's build and device; in a document of vitals they may be dimensions instead. */
export const clientFields = ({ app, client }: Envelope): Record<string, unknown> => ({
  release: app.release === undefined ? undefined : scrubLabel(app.release),
  deviceType: client.deviceType,
})

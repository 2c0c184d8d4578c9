import type { ErrorEvent } from '@acme/observe-schema/types'
import { higherLevel } from '../../logs/levels.ts'
import { isoTimestamp } from '../../output/isoTimestamp.ts'
import type { Batch } from './Batch.ts'
import { define, directive } from './directive.ts'
import { errorMembers, eventMembers } from './eventLine.ts'

const DEFINITION = /* @__PURE__ */ define('BrowserErrors', 'Count')

/** The line of an error: the log line and the document that counts it are one. */
export const errorLine = (batch: Batch, event: ErrorEvent): string => {
  const level = higherLevel('error', batch.lowestLevel).toUpperCase()
  return (
    `{${directive(batch, '["app"]', DEFINITION)}"level":"${level}","timestamp":"${isoTimestamp(batch.receivedAt)}"` +
    `${batch.members}${eventMembers(batch, event)}${errorMembers(event)},"BrowserErrors":${event.count}}\n`
  )
}

import type { RejectedEvent } from '@acme/observe-schema/types'
import { higherLevel } from '../../logs/levels.ts'
import { isoTimestamp } from '../../output/isoTimestamp.ts'
import { jsonMembers } from '../../output/jsonMembers.ts'
import type { Batch } from './Batch.ts'
import { define, directive } from './directive.ts'
import { scrubLabel } from './scrub.ts'

const warn = (batch: Batch): string =>
  `"level":"${higherLevel('warn', batch.lowestLevel).toUpperCase()}","timestamp":"${isoTimestamp(batch.receivedAt)}"${batch.members}`

/** One document for each reason for which the SDK reports lost events. */
export const droppedLines = (batch: Batch): string =>
  Object.entries(batch.envelope.dropped ?? {})
    .filter(([, count]) => count > 0)
    .map(
      ([reason, count]) =>
        `{${directive(batch, '["app"],["app","reason"]', define('DroppedEvents', 'Count'))}${warn(batch)}${jsonMembers(
          {
            eventType: 'dropped',
            message: `the page lost ${count} events: ${reason}`,
            reason,
            DroppedEvents: count,
          },
        )}}\n`,
    )
    .join('')

/** The path of an issue holds the names of properties, which a page chooses. */
const scrubIssues = ({ index, issues }: RejectedEvent): RejectedEvent => ({
  index,
  issues: issues.map(({ path, message }) => ({ path: scrubLabel(path), message: scrubLabel(message) })),
})

/** One document for the events of a batch that were refused, saying why. */
export const rejectedLine = (batch: Batch, rejected: readonly RejectedEvent[], count: number): string =>
  count === 0
    ? ''
    : `{${directive(batch, '["app"]', define('RejectedEvents', 'Count'))}${warn(batch)}${jsonMembers({
        eventType: 'rejected',
        message: `${count} events were refused`,
        rejected: rejected.map(scrubIssues),
        RejectedEvents: count,
      })}}\n`

/** One document when dimension values were folded into `other`. */
export const foldedLine = (batch: Batch, folded: Readonly<Record<string, number>>): string => {
  const total = Object.values(folded).reduce((sum, count) => sum + count, 0)
  return total === 0
    ? ''
    : `{${directive(batch, '["app"]', define('FoldedDimensions', 'Count'))}${warn(batch)}${jsonMembers({
        eventType: 'folded',
        message: 'dimension values were counted as "other"; list them in the options "apps" or "routes"',
        folded,
        FoldedDimensions: total,
      })}}\n`
}

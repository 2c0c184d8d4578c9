import type { Envelope } from '@acme/observe-schema/types'
import type { LogLevelName } from '../../logs/levels.ts'

/** One validated batch and what all of its lines share. */
export interface Batch {
  envelope: Envelope
  namespace: string
  /** Value of the `app` dimension: the app's name, or `other`. */
  app: string
  /** JSON members of every line, each with a leading comma. */
  members: string
  /** Release and device: members of every line, unless they are dimensions of it. */
  clientFields: Record<string, unknown>
  /** The same as JSON, with a leading comma. */
  clientMembers: string
  /** Epoch milliseconds of receipt. */
  receivedAt: number
  /** Metric documents are never written below this level, or the platform would drop them. */
  lowestLevel: LogLevelName
}

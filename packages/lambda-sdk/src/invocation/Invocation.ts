import type { Settings } from '../config/Settings.ts'
import type { Correlation } from '../correlation/Correlation.ts'
import type { UserMetrics } from '../emf/createUserMetrics.ts'
import type { HeldLines } from '../logs/heldLines.ts'

/** What a line written now belongs to: an invocation, or one record of the batch it works on. */
export interface Scope {
  readonly invocation: Invocation
  readonly correlation: Correlation
  /** JSON members that every line of this scope carries, each with a leading comma. */
  linePrefix: string
  /** Fields added while it ran; part of `linePrefix`. */
  context: Record<string, unknown> | undefined
}

/** What is known of one run of a handler while it runs. */
export interface Invocation extends Scope {
  readonly settings: Settings
  readonly requestId: string
  /** Reading of the monotonic clock at the start, in milliseconds. */
  readonly startedAtMs: number
  readonly coldStart: boolean
  userMetrics: UserMetrics | undefined
  /** Extra members of the invocation's documents. */
  properties: Record<string, unknown> | undefined
  /** Records of a batch event; undefined for other events. */
  recordCount: number | undefined
  /** Reading of the monotonic clock when a streamed response began. */
  firstByteAtMs: number | undefined
  /** Lowest level written, as pino's number: the settings', or `debug` when this invocation was drawn for it. */
  readonly minimumLevel: number
  /** Lines below the level, kept in case of an error. */
  heldLines: HeldLines | undefined
  timer: NodeJS.Timeout | undefined
  /** The document was written early, because the deadline was near. */
  warnedOfTimeout: boolean
  /** It is over, too, when nothing is left to do. */
  endsWithLoop: 'returned' | 'threw' | undefined
  /** The handler is done; what it still writes is late work. */
  finished: boolean
}

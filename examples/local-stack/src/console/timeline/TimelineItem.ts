import type { Tone } from '../components.ts'
import type { IconName } from '../icons.ts'

/** One line of a session's timeline. */
export interface TimelineItem {
  /** Epoch milliseconds. */
  at: number
  /** Milliseconds; points in time have none. */
  duration?: number
  kind:
    | 'page'
    | 'vital'
    | 'error'
    | 'custom'
    | 'api'
    | 'log'
    | 'metrics'
    | 'analytics'
    | 'envelope'
    | 'replay'
  icon: IconName
  title: string
  /** Short remarks behind the title. */
  notes: readonly string[]
  tone: Tone
  /** Set under the API call it belongs to. */
  nested?: boolean
  link?: string
  /** What unfolds: JSON or text, shown as it is. */
  details?: string
}

import type { Settings } from '../config/Settings.ts'
import type { Outcome } from '../invocation/Outcome.ts'
import { LOG_LEVELS, type LogLevelName } from '../logs/levels.ts'
import { jsonMembers } from '../output/jsonMembers.ts'

/** What decides which constant parts a document is made of. */
export interface DocumentKind {
  outcome: Outcome['kind']
  level: LogLevelName
  coldStart: boolean
  batch: boolean
  streaming: boolean
}

/** The parts of a document that documents of the same kind share, serialized once. */
export interface DocumentParts {
  /** From behind the metric timestamp's value up to the log timestamp's value. */
  directive: string
  /** From behind the ids up to the duration's value. */
  facts: string
}

/** Gives the parts for a kind of document. */
export type InvocationTemplate = (kind: DocumentKind) => DocumentParts

const MESSAGES: Record<Outcome['kind'], string> = {
  returned: 'invocation',
  threw: 'invocation failed',
  'deadline-near': 'invocation is about to time out',
}

const define = (Unit: string, ...names: string[]): object[] => names.map((Name) => ({ Name, Unit }))

const definitions = ({ coldStart, batch, streaming }: DocumentKind): object[] => [
  ...define('Count', 'Invocations', 'ColdStart', 'Errors', 'Timeouts'),
  ...(batch ? define('Count', 'RecordsProcessed', 'BatchItemFailures') : []),
  ...define('Milliseconds', 'Duration'),
  ...(coldStart ? define('Milliseconds', 'InitDuration') : []),
  ...(streaming ? define('Milliseconds', 'TimeToFirstByte') : []),
]

/** A number of its own for each kind: building and hashing a text key would cost a tenth of an invocation. */
const kindIndex = ({ outcome, level, coldStart, batch, streaming }: DocumentKind): number =>
  (coldStart ? 1 : 0) +
  (batch ? 2 : 0) +
  (streaming ? 4 : 0) +
  (outcome === 'returned' ? 0 : outcome === 'threw' ? 8 : 16) +
  32 * LOG_LEVELS.indexOf(level)

/** Prepares the documents of one wrapped handler. */
export const createInvocationTemplate = ({
  namespace,
  dimensions,
}: Pick<Settings, 'namespace' | 'dimensions'>): InvocationTemplate => {
  const set = JSON.stringify(Object.keys(dimensions))
  const dimensionMembers = jsonMembers(dimensions)
  const cache: DocumentParts[] = []

  const create = (kind: DocumentKind): DocumentParts => ({
    directive:
      `,"CloudWatchMetrics":[{"Namespace":${JSON.stringify(namespace)},"Dimensions":[${set}],` +
      `"Metrics":${JSON.stringify(definitions(kind))}}]},"level":"${kind.level.toUpperCase()}","timestamp":"`,
    facts:
      `,"message":"${MESSAGES[kind.outcome]}"${dimensionMembers},"Invocations":1,` +
      `"ColdStart":${kind.coldStart ? 1 : 0},"Errors":${kind.outcome === 'threw' ? 1 : 0},` +
      `"Timeouts":${kind.outcome === 'deadline-near' ? 1 : 0},"Duration":`,
  })

  return (kind) => {
    const index = kindIndex(kind)
    cache[index] ??= create(kind)
    return cache[index]
  }
}

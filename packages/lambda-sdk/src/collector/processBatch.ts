import type { ParseEnvelopeResult } from '@acme/observe-schema'
import type { WebVitalEvent } from '@acme/observe-schema/types'
import { LOG_LEVELS, type LogLevelName } from '../logs/levels.ts'
import { boundLine } from '../output/boundLine.ts'
import { jsonMembers } from '../output/jsonMembers.ts'
import { createSampleCheck } from './createSampleCheck.ts'
import { createDimensionGuard, type DimensionGuard } from './dimensionGuard.ts'
import type { Batch } from './lines/Batch.ts'
import { batchMembers, clientFields } from './lines/batchMembers.ts'
import { errorLine } from './lines/errorLine.ts'
import { eventLine } from './lines/eventLine.ts'
import { droppedLines, foldedLine, rejectedLine } from './lines/lossLines.ts'
import { scrubLabel } from './lines/scrub.ts'
import { type VitalGuards, vitalLines } from './lines/vitalLines.ts'
import type { CollectorSettings } from './resolveCollectorOptions.ts'

type ParsedBatch = Extract<ParseEnvelopeResult, { ok: true }>

/** Turns a validated batch into the lines to write. */
export type BatchProcessor = (parsed: ParsedBatch, requestId: string, receivedAt: number) => string

/** Distinct values admitted of dimensions that have no allow-list. */
const MAX_APPS = 10
const MAX_RELEASES = 10
const MAX_CONNECTIONS = 6
const MAX_NAVIGATION_TYPES = 10
const DEVICE_TYPES = ['mobile', 'tablet', 'desktop']

const isAtLeast = (level: LogLevelName, lowest: LogLevelName): boolean =>
  LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(lowest)

/** Prepares the guards of one collector, which live as long as the instance. */
export const createBatchProcessor = (settings: CollectorSettings): BatchProcessor => {
  const apps = createDimensionGuard(settings.apps, MAX_APPS)
  const guards: VitalGuards = {
    route: createDimensionGuard(settings.routes, settings.maxRoutes),
    deviceType: createDimensionGuard(DEVICE_TYPES, 0),
    release: createDimensionGuard(undefined, MAX_RELEASES),
    connection: createDimensionGuard(undefined, MAX_CONNECTIONS),
    navigationType: createDimensionGuard(undefined, MAX_NAVIGATION_TYPES),
  }

  const isSample = createSampleCheck()

  const allGuards: [string, DimensionGuard][] = [['app', apps], ...Object.entries(guards)]

  const takeFolded = (): Record<string, number> => {
    const folded: Record<string, number> = {}
    for (const [name, guard] of allGuards) {
      const count = guard.takeFolded()
      if (count > 0) folded[name] = count
    }
    return folded
  }

  return ({ envelope, rejected, rejectedCount }, requestId, receivedAt) => {
    const app = apps.admit(apps.scrubbed(envelope.app.name, scrubLabel))
    const { namespace, lowestLevel } = settings
    const fields = clientFields(envelope)
    const batch: Batch = {
      envelope,
      namespace,
      lowestLevel,
      receivedAt,
      app,
      members: batchMembers(envelope, app, requestId),
      clientFields: fields,
      clientMembers: jsonMembers(fields),
    }
    const vitals: WebVitalEvent[] = []
    let lines = ''
    for (const event of envelope.events) {
      if (event.type === 'web-vital') vitals.push(event)
      else if (event.type === 'error') lines += boundLine(errorLine(batch, event))
      else if (isAtLeast(event.type === 'log' ? event.level : 'info', lowestLevel)) {
        lines += boundLine(eventLine(batch, event))
      }
    }
    return (
      lines +
      vitalLines(batch, vitals, settings.vitalDimensions, guards, isSample, isAtLeast('warn', lowestLevel)) +
      droppedLines(batch) +
      rejectedLine(batch, rejected, rejectedCount) +
      foldedLine(batch, takeFolded())
    )
  }
}

import type { Envelope, ErrorEvent, StackFrame } from '@acme/observe-schema/types'
import type { TraceMap } from '@jridgewell/trace-mapping'
import { reportFailure } from '../../output/reportFailure.ts'
import { createBoundedMemory } from '../boundedMemory.ts'
import type { SourceMapLoader, SourceMapRequest } from './SourceMapLoader.ts'

/** Resolves the frames of a batch's errors in place of the minified ones. Never throws. */
export type FrameResolver = (envelope: Envelope) => Promise<void>

/** Maps kept ready per instance. A parsed map takes a few times its size in memory. */
const MAX_MAPS = 20
/** Scripts without a map remembered per instance, apart from the maps: a page can invent names without end. */
const MAX_MISSES = 500
/** Time until a script is looked up again whose map could not be read, in milliseconds. */
const PAUSE_AFTER_FAILURE_MS = 30_000
/** The same of one that has no map: it may be uploaded after the release. */
const PAUSE_AFTER_MISS_MS = 300_000
/** Longest map parsed, in characters. */
const MAX_MAP_LENGTH = 20_000_000
/** Scripts looked up for one batch: what a page names is not trusted to be few. */
const MAX_LOOKUPS_PER_BATCH = 10
/** Time the look-ups of one batch may take together, in milliseconds. Without a map a stack is still a stack. */
const MAX_LOOKUP_MS = 2_000

/** What bundlers put into names of scripts, `(group)` and `[id]` of file-based routers included. No slash, `%` or mere dots. */
const SAFE_SEGMENT = /^(?!\.+$)[\w.@+~()[\]$,=!-]{1,128}$/

type Mapping = typeof import('@jridgewell/trace-mapping')

const scriptPath = (file: string): string | undefined => {
  try {
    const path = new URL(file, 'https://page.invalid').pathname.slice(1)
    // Browsers name `[id]` as `%5Bid%5D`; the map is stored under the script's own name.
    const segments = path.split('/').map(decodeURIComponent)
    return segments.every((segment) => SAFE_SEGMENT.test(segment)) ? segments.join('/') : undefined
  } catch {
    return undefined
  }
}

const requestFor = ({ app }: Envelope, { file }: StackFrame): SourceMapRequest | undefined => {
  const path = scriptPath(file)
  const { name, release } = app
  if (!path || !release || !SAFE_SEGMENT.test(name) || !SAFE_SEGMENT.test(release)) return undefined
  return { app: name, release, file: path }
}

const resolveFrame = (frame: StackFrame, map: TraceMap, { originalPositionFor }: Mapping): StackFrame => {
  if (frame.line === undefined || frame.column === undefined) return frame
  // Browsers count columns from 1, source maps from 0.
  const original = originalPositionFor(map, {
    line: Math.max(1, frame.line),
    column: Math.max(0, frame.column - 1),
  })
  if (original.source === null) return frame
  const name = original.name ?? frame.function
  return {
    ...(name !== undefined && { function: name }),
    file: original.source,
    line: original.line,
    column: original.column + 1,
  }
}

const frameText = ({ function: name, file, line, column }: StackFrame): string => {
  const place = `${file}${line === undefined ? '' : `:${line}`}${column === undefined ? '' : `:${column}`}`
  return name ? `    at ${name} (${place})` : `    at ${place}`
}

/** Prepares the look-ups of one collector; maps are kept for the life of the instance. */
export const createFrameResolver = (load: SourceMapLoader): FrameResolver => {
  const maps = createBoundedMemory<TraceMap>(MAX_MAPS)
  /** When a script without a map may be looked up again. */
  const missingUntil = createBoundedMemory<number>(MAX_MISSES)
  const underWay = new Map<string, Promise<TraceMap | undefined>>()

  const loadMap = async (
    key: string,
    request: SourceMapRequest,
    mapping: Mapping,
  ): Promise<TraceMap | undefined> => {
    try {
      const text = await load(request)
      if (text !== undefined && text.length <= MAX_MAP_LENGTH) {
        const map = new mapping.TraceMap(text)
        maps.set(key, map)
        return map
      }
      // One that is too long will not become shorter: its name changes with its content.
      missingUntil.set(key, text === undefined ? Date.now() + PAUSE_AFTER_MISS_MS : Number.POSITIVE_INFINITY)
    } catch (error) {
      missingUntil.set(key, Date.now() + PAUSE_AFTER_FAILURE_MS)
      reportFailure('OBSERVE_SOURCE_MAP', `the source map of ${request.file} could not be read.`, error)
    }
    return undefined
  }

  const lookUp = async (request: SourceMapRequest, mapping: Mapping): Promise<TraceMap | undefined> => {
    const key = JSON.stringify([request.app, request.release, request.file])
    const known = maps.get(key)
    if (known) return known
    if ((missingUntil.get(key) ?? 0) > Date.now()) return undefined
    const shared = underWay.get(key)
    if (shared) return shared
    const loading = loadMap(key, request, mapping)
    underWay.set(key, loading)
    // A load that never ends must not stand in the way of later ones.
    const forget = setTimeout(() => underWay.delete(key), MAX_LOOKUP_MS)
    try {
      return await loading
    } finally {
      clearTimeout(forget)
      if (underWay.get(key) === loading) underWay.delete(key)
    }
  }

  const resolveError = (event: ErrorEvent, frames: StackFrame[]): void => {
    event.frames = frames
    event.stack = `${event.name}: ${event.message}\n${frames.map(frameText).join('\n')}`
  }

  const resolveAll = async (envelope: Envelope): Promise<void> => {
    const errors = envelope.events.filter(
      (event) => event.type === 'error' && event.frames?.length,
    ) as ErrorEvent[]
    if (errors.length === 0) return
    const mapping = await import('@jridgewell/trace-mapping')
    const wanted = new Map<string, SourceMapRequest>()
    for (const frame of errors.flatMap(({ frames = [] }) => frames)) {
      const request = wanted.size < MAX_LOOKUPS_PER_BATCH ? requestFor(envelope, frame) : undefined
      if (request) wanted.set(frame.file, request)
    }
    const found = new Map(
      await Promise.all(
        [...wanted].map(async ([file, request]) => [file, await lookUp(request, mapping)] as const),
      ),
    )
    for (const event of errors) {
      const frames = (event.frames ?? []).map((frame) => {
        const map = found.get(frame.file)
        return map ? resolveFrame(frame, map, mapping) : frame
      })
      if (frames.some((frame, index) => frame !== event.frames?.[index])) resolveError(event, frames)
    }
  }

  return async (envelope) => {
    let timer: NodeJS.Timeout | undefined
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, MAX_LOOKUP_MS)
    })
    try {
      await Promise.race([resolveAll(envelope), limit])
    } catch (error) {
      reportFailure('OBSERVE_SOURCE_MAP', 'stacks could not be resolved.', error)
    } finally {
      clearTimeout(timer)
    }
  }
}

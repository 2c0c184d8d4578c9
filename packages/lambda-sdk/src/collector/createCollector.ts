import { parseEnvelope } from '@acme/observe-schema'
import type { CollectorAccepted } from '@acme/observe-schema/types'
import { compileOrigins } from '../config/compileOrigins.ts'
import { writeLines } from '../output/output.ts'
import { reportFailure } from '../output/reportFailure.ts'
import { createBoundedMemory } from './boundedMemory.ts'
import type { CollectorOptions } from './CollectorOptions.ts'
import { type CollectorRequest, readRequest } from './http/CollectorRequest.ts'
import { decodeBody } from './http/decodeBody.ts'
import { accepted, type CollectorResponse, preflight, refused } from './http/respond.ts'
import { createBatchProcessor } from './processBatch.ts'
import { resolveCollectorOptions } from './resolveCollectorOptions.ts'
import { createFrameResolver } from './sourceMaps/createFrameResolver.ts'
import { createThrottle } from './throttle.ts'

/** Lambda handler for API Gateway HTTP APIs (payload 1.0 and 2.0), REST APIs, load balancers and function URLs. */
export type CollectorHandler = (
  event: unknown,
  context?: { awsRequestId?: string },
) => Promise<CollectorResponse>

/** Batches remembered per instance, so that a retried one is not logged twice. */
const REMEMBERED_BATCHES = 1_000
/** Refused events of a batch of which is remembered what was wrong: a page chooses how much there is to say. */
const REMEMBERED_REJECTIONS = 5
const RETRY_AFTER_FAILURE_S = 30
const MEDIA_TYPES = new Set(['text/plain', 'application/json'])

const mediaType = (contentType: string): string => (contentType.split(';', 1)[0] ?? '').trim().toLowerCase()

const describeIssues = (issues: readonly { path: string; message: string }[]): string =>
  issues.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ')

/** An answer as it is remembered. As text it shares no memory with the batch, of which its paths are slices. */
const remembered = ({ rejected, ...answer }: CollectorAccepted): string =>
  JSON.stringify({
    ...answer,
    rejected: rejected.map(({ index, issues }, position) => ({
      index,
      issues: position < REMEMBERED_REJECTIONS ? issues : [],
    })),
    duplicate: true,
  } satisfies CollectorAccepted)

/**
 * Creates the handler that receives what `@acme/observe-browser` sends, and writes it as metrics and log lines.
 *
 * It answers 202 with what was taken and what was not, event by event, and refuses a whole request with 400, 403, 405,
 * 413, 415 or 429; always with a JSON body and CORS headers, never with a 5xx.
 *
 * @throws ObserveConfigError while the function initialises, when an option is wrong or misspelt.
 *
 * @example
 * ```ts
 * import { withObservability } from '@acme/observe-lambda'
 * import { createCollector } from '@acme/observe-lambda/collector'
 *
 * export const handler = withObservability(createCollector({ origins: ['https://shop.example.com'] }))
 * ```
 */
export const createCollector = (options: CollectorOptions): CollectorHandler => {
  const settings = resolveCollectorOptions(options)
  const isAllowedOrigin = compileOrigins(settings.origins)
  const process = createBatchProcessor(settings)
  const secondsToWait = createThrottle(settings.maxBatchesPerMinute)
  const resolveFrames = options.sourceMaps && createFrameResolver(options.sourceMaps)
  const answered = createBoundedMemory<string>(REMEMBERED_BATCHES)

  const refusal = ({ method, origin, contentType, key }: CollectorRequest): CollectorResponse | undefined => {
    if (!isAllowedOrigin(origin)) {
      return refused(
        403,
        origin,
        'origin_not_allowed',
        `origin "${origin}" is not in the collector's "origins"`,
      )
    }
    if (method === 'OPTIONS') return preflight(origin)
    if (method !== 'POST') {
      return refused(405, origin, 'method_not_allowed', 'send batches by POST', { allow: 'POST, OPTIONS' })
    }
    if (settings.ingestKeys.length > 0 && !settings.ingestKeys.includes(key)) {
      return refused(403, origin, 'invalid_key', 'the ingest key is missing or wrong')
    }
    if (!MEDIA_TYPES.has(mediaType(contentType))) {
      return refused(415, origin, 'unsupported_media_type', 'send text/plain or application/json')
    }
    return undefined
  }

  const receive = async (event: unknown, requestId: string): Promise<CollectorResponse> => {
    const request = readRequest(event)
    const { origin } = request
    const no = refusal(request)
    if (no) return no
    const body = decodeBody(request.body, request.isBase64)
    if (body === undefined) return refused(413, origin, 'too_large', 'a batch may have 60000 bytes')
    const wait = secondsToWait()
    if (wait > 0) {
      return refused(429, origin, 'throttled', 'too many batches', { 'retry-after': String(wait) })
    }
    let json: unknown
    try {
      json = JSON.parse(body)
    } catch {
      return refused(400, origin, 'invalid_json', 'the body is not JSON')
    }
    const parsed = parseEnvelope(json)
    if (!parsed.ok) return refused(400, origin, parsed.code, describeIssues(parsed.issues))
    const { batchId, events } = parsed.envelope
    const known = () => {
      const before = answered.get(batchId)
      return before === undefined ? undefined : accepted(origin, JSON.parse(before) as CollectorAccepted)
    }
    if (resolveFrames && !known()) await resolveFrames(parsed.envelope)
    // Asked after the last pause: another delivery of the same batch may have been answered meanwhile.
    const duplicate = known()
    if (duplicate) return duplicate
    const lines = process(parsed, requestId, Date.now())
    if (lines !== '') writeLines(lines)
    const answer = { accepted: events.length, rejected: parsed.rejected }
    answered.set(batchId, remembered(answer))
    return accepted(origin, answer)
  }

  return async (event, context) => {
    try {
      return await receive(event, context?.awsRequestId ?? 'unknown')
    } catch (error) {
      // The SDK keeps a batch that was throttled and sends it again, so nothing is lost to a fault of ours.
      reportFailure('OBSERVE_COLLECT_FAILED', 'a batch could not be processed.', error)
      const origin = readRequest(event).origin
      return refused(429, origin, 'throttled', 'try again later', {
        'retry-after': String(RETRY_AFTER_FAILURE_S),
      })
    }
  }
}

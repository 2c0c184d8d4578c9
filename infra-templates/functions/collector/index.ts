import { timingSafeEqual } from 'node:crypto'
import { withObservability } from '@acme/observe-lambda'
import {
  type CollectorResponse,
  createCollector,
  type SourceMapLoader,
  s3SourceMaps,
} from '@acme/observe-lambda/collector'

interface HttpEvent {
  headers?: Record<string, string | undefined>
}

let loadSourceMap: SourceMapLoader | undefined

/** The S3 client is loaded with the first minified stack: most instances never see one. */
const sourceMaps =
  (bucket: string): SourceMapLoader =>
  async (request) => {
    if (!loadSourceMap) {
      const { S3 } = await import('@aws-sdk/client-s3')
      loadSourceMap = s3SourceMaps({ s3: new S3({}), bucket })
    }
    return loadSourceMap(request)
  }

const sourceMapBucket = process.env.OBSERVE_SOURCE_MAP_BUCKET

const collect = createCollector({
  origins: (process.env.OBSERVE_ALLOWED_ORIGINS ?? '').split(',').filter(Boolean),
  ...(sourceMapBucket && { sourceMaps: sourceMaps(sourceMapBucket) }),
})

const isFromCloudFront = ({ headers }: HttpEvent): boolean => {
  const secret = process.env.OBSERVE_ORIGIN_SECRET
  if (!secret) return true
  const given = Buffer.from(headers?.['x-observe-origin'] ?? '')
  const expected = Buffer.from(secret)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

const BYPASS: CollectorResponse = {
  statusCode: 403,
  headers: { 'content-type': 'application/json' },
  body: '{"error":{"code":"origin_secret","message":"Send events through the CloudFront address of the stack."}}',
}

/** The packaged collector behind one check: the request came through our CloudFront distribution. */
export const handler: ReturnType<typeof observed> = observed()

function observed() {
  return withObservability(
    async (event: HttpEvent, context: { awsRequestId: string }): Promise<CollectorResponse> =>
      isFromCloudFront(event) ? collect(event, context) : BYPASS,
    { service: 'collector' },
  )
}

import { withObservability } from '@acme/observe-lambda'
import {
  type CollectorResponse,
  createCollector,
  type SourceMapLoader,
  s3SourceMaps,
} from '@acme/observe-lambda/collector'
import { originCheck } from './originSecret.ts'
import { readOriginSecret } from './readOriginSecret.ts'

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

const secretArn = process.env.OBSERVE_ORIGIN_SECRET_ARN
const carriesSecret = secretArn ? originCheck(readOriginSecret(secretArn)) : undefined

/** Without a secret, direct requests are welcome too. */
const isFromCloudFront = async ({ headers }: HttpEvent): Promise<boolean> =>
  carriesSecret ? carriesSecret(headers?.['x-observe-origin'] ?? '') : true

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
      (await isFromCloudFront(event)) ? collect(event, context) : BYPASS,
    { service: 'collector' },
  )
}

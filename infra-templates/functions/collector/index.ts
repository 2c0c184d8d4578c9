import { timingSafeEqual } from 'node:crypto'
import { withObservability } from '@acme/observe-lambda'
import { type CollectorResponse, createCollector } from '@acme/observe-lambda/collector'

interface HttpEvent {
  headers?: Record<string, string | undefined>
}

const collect = createCollector({
  origins: (process.env.OBSERVE_ALLOWED_ORIGINS ?? '').split(',').filter(Boolean),
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

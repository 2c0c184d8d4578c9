import { timingSafeEqual } from 'node:crypto'
import * as observe from '@acme/observe-lambda/collector'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda'

const origins = (process.env.OBSERVE_ALLOWED_ORIGINS ?? '').split(',').filter(Boolean)
// biome-ignore lint/suspicious/noExplicitAny: replaced by the named import as soon as the collector is published
const collect = (observe as any).createCollector?.({ allowedOrigins: origins })

const isFromCloudFront = (header: string | undefined): boolean => {
  const secret = process.env.OBSERVE_ORIGIN_SECRET
  if (!secret) return true
  const given = Buffer.from(header ?? '')
  const expected = Buffer.from(secret)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** The packaged collector behind one check: the request came through our CloudFront distribution. */
export const handler = async (
  event: APIGatewayProxyEventV2,
  context: Context,
): Promise<APIGatewayProxyStructuredResultV2> => {
  if (isFromCloudFront(event.headers['x-observe-origin'])) return collect(event, context)
  return {
    statusCode: 403,
    headers: { 'content-type': 'application/json' },
    body: '{"error":{"code":"origin_secret","message":"Send events through the CloudFront address of the stack."}}',
  }
}

import type { APIGatewayProxyEventV2, Context } from 'aws-lambda'

/** Answers with what it was called with. */
export const handler = async (event: APIGatewayProxyEventV2, context: Context) => {
  console.log('echo called')
  return {
    event,
    environment: process.env,
    context: { ...context, remainingMs: context.getRemainingTimeInMillis() },
  }
}

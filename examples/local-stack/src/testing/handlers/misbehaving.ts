import type { APIGatewayProxyEventV2 } from 'aws-lambda'

let calls = 0

/** Fails in the way `?how=` asks for; otherwise counts the calls of its process. */
export const handler = (event: APIGatewayProxyEventV2): Promise<unknown> => {
  calls += 1
  const how = event.queryStringParameters?.how
  if (how === 'throw') throw new TypeError('thrown on purpose')
  if (how === 'reject') return Promise.reject(undefined)
  if (how === 'hang') return new Promise((resolve) => setTimeout(resolve, 60_000))
  if (how === 'spin') for (;;) Math.random()
  if (how === 'never') return new Promise(() => {})
  if (how === 'exit') process.exit(7)
  if (how === 'stray') setTimeout(() => void Promise.reject(new Error('stray')), 10)
  if (how === 'stray') return new Promise((resolve) => setTimeout(resolve, 60_000))
  if (how === 'circular') {
    const circular: Record<string, unknown> = {}
    circular.self = circular
    return Promise.resolve(circular)
  }
  if (how === 'slow') return new Promise((resolve) => setTimeout(() => resolve({ pid: process.pid }), 300))
  return Promise.resolve({ calls, pid: process.pid })
}

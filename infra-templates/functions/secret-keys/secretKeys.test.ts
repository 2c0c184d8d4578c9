import { createServer } from 'node:http'
import { expect, it } from 'vitest'
import { receiveResponses } from '../../test/responses.ts'
import { secretKeys } from './index.ts'

it('adds the keys that are missing, each its own, and leaves the others alone', async () => {
  const responses = await receiveResponses(createServer)
  let secret = '{"A":"kept"}'
  let writes = 0
  const secrets = {
    read: async () => secret,
    write: async (_arn: string, value: string) => {
      secret = value
      writes += 1
    },
  }
  const run = () =>
    secretKeys(secrets)(
      {
        RequestType: 'Create',
        ResponseURL: responses.url,
        StackId: 's',
        RequestId: 'r',
        LogicalResourceId: 'Keys',
        ResourceProperties: { SecretArn: 'arn', Keys: ['A', 'B', 'C'] },
      },
      { getRemainingTimeInMillis: () => 60_000 },
    )
  await run()
  const first = JSON.parse(secret)
  expect(first.A).toBe('kept')
  expect(first.B).toMatch(/^[\w-]{48}$/)
  expect(first.C).not.toBe(first.B)
  await run()
  expect(JSON.parse(secret)).toEqual(first)
  expect(writes).toBe(1)
  responses.close()
})

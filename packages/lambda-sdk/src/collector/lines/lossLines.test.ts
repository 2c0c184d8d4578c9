import { expect, it } from 'vitest'
import type { Batch } from './Batch.ts'
import { rejectedLine } from './lossLines.ts'

const batch = { receivedAt: 0, lowestLevel: 'debug', namespace: 'n', members: '' } as unknown as Batch

it('masks the path and the message of a refused event, wherever they come from', () => {
  const issue = { path: 'jane@example.com', message: 'expected jane@example.com' }
  expect(JSON.parse(rejectedLine(batch, [{ index: 0, issues: [issue] }], 1))).toMatchObject({
    rejected: [{ index: 0, issues: [{ path: '[email]', message: 'expected [email]' }] }],
  })
})

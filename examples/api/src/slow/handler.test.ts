import { captureLines } from '@acme/observe-lambda/testing'
import { expect, it } from 'vitest'
import { request } from '../testing/request.ts'
import { handler } from './handler.ts'

it('takes more than a second, and its line says how long', async () => {
  const captured = captureLines()
  const { status, body } = await request(handler, { route: 'GET /api/slow' })
  captured.restore()
  expect({ status, body }).toEqual({ status: 200, body: { waitedMs: 1_200 } })
  const [document] = captured.lines.filter(({ Invocations }) => Invocations === 1)
  expect(document?.Duration).toBeGreaterThan(1_190)
})

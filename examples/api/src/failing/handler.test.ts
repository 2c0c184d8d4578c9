import { captureLines } from '@acme/observe-lambda/testing'
import { expect, it } from 'vitest'
import { request } from '../testing/request.ts'
import { handler } from './handler.ts'

it('throws, and its line says what and why', async () => {
  const captured = captureLines()
  await expect(request(handler, { route: 'GET /api/failing' })).rejects.toThrow(
    'The price service did not answer',
  )
  captured.restore()
  expect(captured.lines).toContainEqual(
    expect.objectContaining({
      Errors: 1,
      error: expect.objectContaining({ message: 'The price service did not answer' }),
    }),
  )
  expect(captured.raw.join('\n')).toContain('connect ECONNREFUSED')
})

import * as masking from '@acme/observe-schema/masking'
import { expect, it, vi } from 'vitest'
import { logFields } from './logFields.ts'

vi.mock('@acme/observe-schema/masking', async (load) => {
  const actual = await load<typeof masking>()
  return { ...actual, maskProperties: vi.fn(actual.maskProperties) }
})

it('asks the rules once for a name, also after names without end have come', () => {
  for (let index = 0; index < 5_000; index++) logFields({ [`invented${index}`]: 1 })
  logFields({ orderId: 17 })
  vi.mocked(masking.maskProperties).mockClear()
  expect(logFields({ orderId: 17 })).toEqual({ orderId: 17 })
  expect(masking.maskProperties).not.toHaveBeenCalled()
})

import { Readable } from 'node:stream'
import { expect, it } from 'vitest'
import { splitLines } from './splitLines.ts'

const split = async (chunks: Buffer[]): Promise<string[]> => {
  const lines: string[] = []
  const stream = Readable.from(chunks)
  splitLines(stream, (line) => lines.push(line))
  await new Promise((resolve) => stream.on('close', resolve))
  return lines
}

it('puts lines together across chunks, also inside a character', async () => {
  const bytes = Buffer.from('first €\nsecond\r\n\nlast without newline')
  const one = bytes.indexOf(0x82)
  expect(await split([bytes.subarray(0, one), bytes.subarray(one)])).toEqual([
    'first €',
    'second',
    'last without newline',
  ])
})

it('cuts a line that never ends at the size of a CloudWatch event', async () => {
  const lines = await split([Buffer.alloc(1_500_000, 'x'), Buffer.alloc(1_000_000, 'x')])
  expect(lines.map(({ length }) => length)).toEqual([1_048_576, 1_048_576, 402_848])
})

// Two finished texts as long as the observed handler's lines, written the way it writes: what no JSON on standard output undercuts.
import { writeSync } from 'node:fs'

const line = `${'l'.repeat(309)}\n`
const document = `${'d'.repeat(748)}\n`

export const handler = async () => {
  writeSync(1, line)
  writeSync(1, document)
  return { statusCode: 201 }
}

import { writeFileSync } from 'node:fs'
import { documents } from './documents.ts'

for (const [file, content] of Object.entries(documents())) {
  writeFileSync(new URL(`../schema/${file}`, import.meta.url), content)
}

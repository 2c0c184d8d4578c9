import { existsSync, writeFileSync } from 'node:fs'
import { documents } from './documents.ts'
import { maskingGolden, maskingGoldenFile } from './maskingGolden.ts'

for (const [file, content] of Object.entries(documents())) {
  writeFileSync(new URL(`../schema/${file}`, import.meta.url), content)
}

// Never overwritten: rules that changed are a new MASKING_RULES_VERSION.
if (!existsSync(maskingGoldenFile)) {
  writeFileSync(maskingGoldenFile, `${JSON.stringify(maskingGolden(), null, 2)}\n`)
}

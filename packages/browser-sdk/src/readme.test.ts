// @vitest-environment node
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { fillReadme } from '../readme/fillReadme.ts'

it('is what the README says, and so are the options: `npm run generate` writes them', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  expect(fillReadme(readme)).toBe(readme)
  expect(readme).toContain('| `collector.endpoint` | `string` | **required** |')
  expect(readme).toContain('| Web Vitals |')
})

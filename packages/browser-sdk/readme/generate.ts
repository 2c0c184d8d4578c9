// Writes the generated tables into README.md. A test fails when they are out of date.
import { readFileSync, writeFileSync } from 'node:fs'
import { fillReadme } from './fillReadme.ts'

const readme = new URL('../README.md', import.meta.url)
writeFileSync(readme, fillReadme(readFileSync(readme, 'utf8')))

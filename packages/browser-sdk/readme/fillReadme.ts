import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { renderCollected } from './collected.ts'
import { renderOptions } from './renderOptions.ts'

const optionsSource = () =>
  readFileSync(fileURLToPath(new URL('../src/options/ObserveOptions.ts', import.meta.url)), 'utf8')

/** The README with its generated tables as they should be. */
export const fillReadme = (text: string): string => {
  const tables = { options: renderOptions(optionsSource()), collected: renderCollected() }
  return Object.entries(tables).reduce(
    (filled, [name, table]) =>
      filled.replace(
        new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(\\n<!-- /${name} -->)`),
        (_, open, close) => open + table + close,
      ),
    text,
  )
}

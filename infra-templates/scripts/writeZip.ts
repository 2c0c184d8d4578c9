import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Zippable, zipSync } from 'fflate'

/** What was written. */
export interface ZipReport {
  files: number
  sha256: string
}

/** The first date a zip can hold: a release's bytes depend on its content only. */
const DATE = new Date(1980, 0, 1)

const filesOf = (folder: string, prefix = ''): string[] =>
  readdirSync(join(folder, prefix), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory() ? filesOf(folder, `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`],
    )

/** Writes the files of `folder` into a zip under `top/`, the same bytes for the same content. */
export const writeZip = (file: string, folder: string, top: string): ZipReport => {
  const names = filesOf(folder)
  const entries: Zippable = Object.fromEntries(
    names.map((name) => [`${top}/${name}`, [readFileSync(join(folder, name)), { mtime: DATE, level: 9 }]]),
  )
  const zip = zipSync(entries)
  writeFileSync(file, zip)
  return { files: names.length, sha256: createHash('sha256').update(zip).digest('hex') }
}

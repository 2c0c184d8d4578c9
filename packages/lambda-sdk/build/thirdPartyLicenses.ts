import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Plugin } from 'esbuild'

/** The folder of the package that a bundled file came from; undefined for our own files. */
const packageFolder = (file: string): string | undefined => {
  let folder = dirname(resolve(file))
  if (!folder.includes('node_modules')) return undefined
  while (!existsSync(join(folder, 'package.json')) || !('version' in manifestOf(folder)))
    folder = dirname(folder)
  return folder
}

const manifestOf = (folder: string): { name?: string; version?: string; license?: string } =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

const licenseOf = (folder: string): string => {
  const { name, version, license } = manifestOf(folder)
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice)/i.test(file))
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim())
  return [`${name} ${version}`, `License: ${license}`, ...texts].join('\n\n')
}

/** Writes the licences of everything that ends up in the bundle beside it, as those licences ask for. */
export const thirdPartyLicenses = (file: string): Plugin => {
  const folders = new Set<string>()
  return {
    name: 'third-party-licenses',
    setup: (build) => {
      build.initialOptions.metafile = true
      build.onEnd(({ metafile }) => {
        for (const input of Object.keys(metafile?.inputs ?? {})) {
          const folder = packageFolder(input)
          if (folder) folders.add(folder)
        }
        const texts = [...folders].map(licenseOf).sort()
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(file, `${texts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`)
      })
    },
  }
}

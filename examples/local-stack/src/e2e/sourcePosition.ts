import { readFile } from 'node:fs/promises'
import { SourceMap } from 'node:module'
import { join } from 'node:path'

export interface SourcePosition {
  file: string
  /** The line of source, without its indentation. */
  text: string
}

/** Where the first frame of a stack was in the source, by the source map of the built shop. */
export const sourcePosition = async (stack: string, siteFolder: string): Promise<SourcePosition> => {
  const [, asset = '', line = '', column = ''] = /\/(assets\/[\w.-]+\.js):(\d+):(\d+)/.exec(stack) ?? []
  if (!asset) throw new Error(`No frame of the shop in this stack:\n${stack}`)
  const payload = JSON.parse(await readFile(join(siteFolder, `${asset}.map`), 'utf8'))
  const entry = new SourceMap(payload).findEntry(Number(line) - 1, Number(column) - 1)
  if (!('originalSource' in entry)) throw new Error(`No mapping for ${asset}:${line}:${column}`)
  const source = payload.sourcesContent[payload.sources.indexOf(entry.originalSource)] as string
  return {
    file: entry.originalSource.replace(/^.*\/src\//, 'src/'),
    text: (source.split('\n')[entry.originalLine] ?? '').trim(),
  }
}

/** The part of Rollup's and Rolldown's output that is used. */
export type OutputFiles = Record<
  string,
  { type: 'chunk'; code: string } | { type: 'asset'; source: string | Uint8Array }
>

/** A source map, and the path of its script in the output. */
export interface SourceMapFile {
  script: string
  map: string
}

const MAP = /\.(?:[cm]?js|css)\.map$/
const COMMENT = /\s*(?:\/\/[#@] *sourceMappingURL=\S+|\/\*[#@] *sourceMappingURL=[^*]+\*\/)\s*$/

const asText = (source: string | Uint8Array): string =>
  typeof source === 'string' ? source : new TextDecoder().decode(source)

/** Takes all source maps out of a build's output, and the comments that name them. */
export const takeSourceMaps = (files: OutputFiles): SourceMapFile[] => {
  const taken: SourceMapFile[] = []
  for (const [name, file] of Object.entries(files)) {
    if (file.type === 'chunk') {
      if (COMMENT.test(file.code)) file.code = file.code.replace(COMMENT, '\n')
    } else if (MAP.test(name)) {
      taken.push({ script: name.slice(0, -'.map'.length), map: asText(file.source) })
      delete files[name]
    } else if (/\.(?:[cm]?js|css)$/.test(name)) {
      const code = asText(file.source)
      if (COMMENT.test(code)) file.source = code.replace(COMMENT, '\n')
    }
  }
  return taken
}

import { gzipSync } from 'node:zlib'
import { eachMapping, TraceMap } from '@jridgewell/trace-mapping'
import { build } from 'esbuild'

/** Part of the bundle that a source file belongs to. */
const partOf = (source) => {
  if (source === null) return 'glue'
  const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source) ?? []
  if (name) return name
  const [, area] = /shared-schema\/src\/([\w-]+)/.exec(source) ?? []
  if (area) return `shared-schema/${area}`
  const [, folder] = /lambda-sdk\/src\/([\w-]+)/.exec(source) ?? []
  return folder ? `own/${folder}` : 'handler'
}

const gzipBytes = (text) => gzipSync(text, { level: 9 }).length

/**
 * What a minified bundle consists of: for every part its bytes, and how many bytes the gzipped bundle would lose without it.
 * Read from the source map, which leads through the package's own back to the files it was built from.
 */
export const partsOf = async (options) => {
  const { outputFiles } = await build({ ...options, write: false, sourcemap: 'external', outdir: 'out' })
  const text = outputFiles.find(({ path }) => !path.endsWith('.map')).text
  const map = new TraceMap(outputFiles.find(({ path }) => path.endsWith('.map')).text)
  const lines = text.split('\n').map((line) => `${line}\n`)
  const starts = []
  eachMapping(map, ({ generatedLine, generatedColumn, source }) => {
    starts.push({ line: generatedLine - 1, column: generatedColumn, part: partOf(source) })
  })
  const pieces = []
  starts.forEach(({ line, column, part }, index) => {
    const next = starts[index + 1]
    let piece = lines[line].slice(column, next?.line === line ? next.column : undefined)
    for (let between = line + 1; between < (next?.line ?? lines.length); between++) piece += lines[between]
    if (next && next.line !== line) piece += lines[next.line].slice(0, next.column)
    pieces.push({ part, piece })
  })
  const whole = gzipBytes(text)
  const parts = [...new Set(pieces.map(({ part }) => part))].map((name) => ({
    name,
    bytes: Buffer.byteLength(pieces.map(({ part, piece }) => (part === name ? piece : '')).join('')),
    gzipBytes: whole - gzipBytes(pieces.map(({ part, piece }) => (part === name ? '' : piece)).join('')),
  }))
  return { bytes: Buffer.byteLength(text), gzipBytes: whole, parts: parts.sort((a, b) => b.bytes - a.bytes) }
}

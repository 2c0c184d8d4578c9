import { join } from 'node:path'
import ts from 'typescript'

const SNIPPET = /^```ts\n([\s\S]*?)^```$/gm

/** The TypeScript of a Markdown text, each snippet with the line it begins on. */
export const snippetsOf = (markdown: string): { line: number; code: string }[] =>
  [...markdown.matchAll(SNIPPET)].map((match) => ({
    line: markdown.slice(0, match.index).split('\n').length + 1,
    code: match[1] ?? '',
  }))

/** What the compiler has to say of a README's snippets, in strict mode and against the sources of the package in `folder`. */
export const typeErrors = (folder: string, markdown: string): string[] => {
  const { options } = ts.parseJsonConfigFileContent(
    { extends: './tsconfig.json', compilerOptions: { types: ['node'], isolatedDeclarations: false } },
    ts.sys,
    folder,
  )
  const files = new Map(
    snippetsOf(markdown).map(({ line, code }) => [join(folder, `README.${line}.ts`), { line, code }]),
  )
  const host = ts.createCompilerHost(options)
  const { readFile, fileExists } = host
  host.readFile = (file) => files.get(file)?.code ?? readFile(file)
  host.fileExists = (file) => files.has(file) || fileExists(file)
  const program = ts.createProgram([...files.keys(), join(folder, 'readme', 'ambient.d.ts')], options, host)
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, '\n')
    if (!file) return text
    const line = file.getLineAndCharacterOfPosition(start).line + (files.get(file.fileName)?.line ?? 1)
    return `${files.has(file.fileName) ? 'README.md' : file.fileName}:${line} ${text}`
  })
}

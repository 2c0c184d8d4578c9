import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FunctionDefinition } from './lambda/functionDefinition.ts'

const EXAMPLE_API = '@acme/example-api/src/functions.ts'

/** The functions of the example API, their entries as absolute paths. */
export const loadFunctions = async (): Promise<FunctionDefinition[]> => {
  const file = createRequire(import.meta.url).resolve(EXAMPLE_API)
  const module: { functions: readonly FunctionDefinition[] } = await import(pathToFileURL(file).href)
  return module.functions.map((definition) => ({
    ...definition,
    entry: resolve(dirname(file), definition.entry),
  }))
}

import { fileURLToPath } from 'node:url'
import type { FunctionDefinition } from '../lambda/functionDefinition.ts'

/** A function over one of the handlers beside this file. */
export const testFunction = (
  handler: string,
  overrides: Partial<FunctionDefinition> = {},
): FunctionDefinition => ({
  name: handler,
  entry: fileURLToPath(new URL(`./handlers/${handler}.ts`, import.meta.url)),
  routes: [`ANY /api/${handler}`],
  timeoutSeconds: 5,
  environment: {},
  ...overrides,
})

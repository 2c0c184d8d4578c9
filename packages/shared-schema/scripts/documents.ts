import { envelopeJsonSchema } from './envelopeJsonSchema.ts'
import { openApiDocument } from './openApiDocument.ts'

const pretty = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`

/** Everything in `schema/`, by file name, as generated from the zod source. */
export const documents = (): Record<string, string> => ({
  'v1.json': pretty(envelopeJsonSchema()),
  'openapi.json': pretty(openApiDocument()),
})

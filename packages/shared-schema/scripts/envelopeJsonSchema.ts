import * as z from 'zod/mini'
import { envelopeSchema } from '../src/index.ts'

interface JsonSchema {
  additionalProperties?: unknown
  [keyword: string]: unknown
}

/** Additive by contract: a newer SDK may send more keys, which the collector strips. */
const isOpen = (schema: JsonSchema): void => {
  if (schema.additionalProperties === false) delete schema.additionalProperties
}

/** JSON Schema 2020-12 of what an SDK sends. The collector takes more: what is too long is cut, not refused. */
export const envelopeJsonSchema = (): JsonSchema => {
  const { $schema, ...schema } = z.toJSONSchema(envelopeSchema, {
    target: 'draft-2020-12',
    override: ({ jsonSchema }) => isOpen(jsonSchema as JsonSchema),
  })
  return {
    $schema,
    $id: 'https://unpkg.com/@acme/observe-schema/schema/v1.json',
    title: 'Observe envelope, version 1',
    description: 'One HTTP request to the collector: who sends, from which session, and the events.',
    ...schema,
  }
}

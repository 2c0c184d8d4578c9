import { MAX_BATCH_BYTES, MAX_REJECTIONS_LISTED } from '../src/limits.ts'
import { BATCH_CONTENT_TYPE, DEFAULT_COLLECTOR_PATH, SCHEMA_VERSION } from '../src/protocol.ts'
import type { CollectorErrorCode } from '../src/types.ts'
import { envelopeJsonSchema } from './envelopeJsonSchema.ts'

const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` })
const json = (schema: object): object => ({ 'application/json': { schema } })

const CORS_HEADERS = {
  'Access-Control-Allow-Origin': {
    description: 'The caller’s origin. On every answer: without it a browser hides the status.',
    schema: { type: 'string' },
  },
  Vary: { schema: { type: 'string', const: 'Origin' } },
}

const refusal = (description: string, codes: CollectorErrorCode[], headers: object = {}): object => ({
  description,
  headers: { ...CORS_HEADERS, ...headers },
  content: json({
    allOf: [ref('CollectorError'), { properties: { error: { properties: { code: { enum: codes } } } } }],
  }),
})

const accepted = {
  type: 'object',
  required: ['accepted', 'rejected'],
  properties: {
    accepted: { type: 'integer', minimum: 0, description: 'How many events were taken.' },
    rejected: {
      type: 'array',
      maxItems: MAX_REJECTIONS_LISTED,
      items: {
        type: 'object',
        required: ['index', 'issues'],
        properties: {
          index: { type: 'integer', minimum: 0, description: 'Position in `events`.' },
          issues: {
            type: 'array',
            items: {
              type: 'object',
              required: ['path', 'message'],
              properties: { path: { type: 'string' }, message: { type: 'string' } },
            },
          },
        },
      },
    },
    duplicate: {
      const: true,
      description: 'The batch had been received before and was not processed again.',
    },
  },
}

const collectorError = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: { code: { type: 'string' }, message: { type: 'string' } },
    },
  },
}

/** OpenAPI 3.1 description of the collector. */
export const openApiDocument = (): object => {
  const { $schema: _dialect, $id: _id, ...envelope } = envelopeJsonSchema()
  return {
    openapi: '3.1.0',
    info: {
      title: 'Observe collector',
      version: String(SCHEMA_VERSION),
      description: 'Takes batches of browser events.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [],
    paths: {
      [DEFAULT_COLLECTOR_PATH]: {
        post: {
          operationId: 'sendEvents',
          summary: 'Send one batch of events',
          description: `At most ${MAX_BATCH_BYTES} bytes. Events are judged one by one: a bad one never costs a good one.`,
          requestBody: {
            required: true,
            content: {
              [BATCH_CONTENT_TYPE]: {
                schema: {
                  type: 'string',
                  contentMediaType: 'application/json',
                  contentSchema: ref('Envelope'),
                  description: 'The envelope as JSON, in a media type that needs no CORS preflight.',
                },
              },
              ...json(ref('Envelope')),
            },
          },
          responses: {
            202: {
              description: 'The valid events were taken.',
              headers: CORS_HEADERS,
              content: json(ref('CollectorAccepted')),
            },
            400: refusal('Not JSON, not an envelope, or an envelope of a newer version.', [
              'invalid_json',
              'invalid_envelope',
              'unsupported_schema_version',
            ]),
            403: refusal('The origin is not on the allow-list, or the ingest key is missing or wrong.', [
              'origin_not_allowed',
              'invalid_key',
            ]),
            405: refusal('Neither POST nor OPTIONS.', ['method_not_allowed'], {
              Allow: { schema: { type: 'string', const: 'POST, OPTIONS' } },
            }),
            413: refusal(`More than ${MAX_BATCH_BYTES} bytes.`, ['too_large']),
            415: refusal('Neither text/plain nor application/json.', ['unsupported_media_type']),
            429: refusal('Too many requests.', ['throttled'], {
              'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 0 } },
            }),
          },
        },
        options: {
          operationId: 'preflight',
          summary: 'Answer a CORS preflight',
          responses: {
            204: {
              description: 'The origin may send.',
              headers: {
                ...CORS_HEADERS,
                'Access-Control-Allow-Methods': { schema: { type: 'string' } },
                'Access-Control-Allow-Headers': { schema: { type: 'string' } },
                'Access-Control-Max-Age': { schema: { type: 'integer' } },
              },
            },
            403: refusal('The origin is not on the allow-list, or the ingest key is missing or wrong.', [
              'origin_not_allowed',
              'invalid_key',
            ]),
          },
        },
      },
    },
    components: {
      schemas: { Envelope: envelope, CollectorAccepted: accepted, CollectorError: collectorError },
    },
  }
}

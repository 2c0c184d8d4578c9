import { MAX_BATCH_BYTES } from '@acme/observe-schema/limits'

/** Base64 of the largest batch. */
const MAX_BASE64_LENGTH = Math.ceil(MAX_BATCH_BYTES / 3) * 4

/** The body's text, or undefined when it is larger than a batch may be; measured before anything is decoded or parsed. */
export const decodeBody = (body: string, isBase64: boolean): string | undefined => {
  if (isBase64) {
    if (body.length > MAX_BASE64_LENGTH) return undefined
    const bytes = Buffer.from(body, 'base64')
    // Bytes that are no UTF-8 become U+FFFD: one broken string must not cost the whole batch.
    return bytes.length > MAX_BATCH_BYTES ? undefined : bytes.toString('utf8')
  }
  const fits = body.length * 3 <= MAX_BATCH_BYTES || Buffer.byteLength(body) <= MAX_BATCH_BYTES
  return fits ? body : undefined
}

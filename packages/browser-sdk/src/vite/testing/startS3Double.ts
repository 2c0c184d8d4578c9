import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { crc32 } from 'node:zlib'

/** What S3's PutObject does for a private bucket, as far as a correct client can tell. */
export interface S3Double {
  endpoint: string
  /** `bucket/key` and what was put there. */
  objects: Map<string, string>
  /** Answers every request with this error. */
  refuseWith: (code: string | undefined) => void
  close: () => Promise<void>
}

const errorBody = (code: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${code}</Message></Error>`

/** The first reason for which S3 would refuse an upload. */
const findFault = ({ headers }: IncomingMessage, body: string): string | undefined => {
  if (!/^AWS4-HMAC-SHA256 Credential=\S+\/s3\/aws4_request/.test(headers.authorization ?? ''))
    return 'AccessDenied'
  if (headers['content-length'] === undefined) return 'MissingContentLength'
  const sha256 = headers['x-amz-content-sha256']
  if (sha256 !== 'UNSIGNED-PAYLOAD' && sha256 !== createHash('sha256').update(body).digest('hex'))
    return 'XAmzContentSHA256Mismatch'
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(body))
  const given = headers['x-amz-checksum-crc32']
  return given === undefined || given === checksum.toString('base64') ? undefined : 'BadDigest'
}

/** Holds the contract of S3 on loopback, with paths in the style of an address without a name. */
export const startS3Double = async (): Promise<S3Double> => {
  const objects = new Map<string, string>()
  let refusal: string | undefined
  const server = createServer(async (request, response) => {
    const name = decodeURIComponent((request.url ?? '').slice(1).split('?')[0] ?? '')
    const body = await text(request)
    const code = refusal ?? (request.method === 'PUT' ? findFault(request, body) : 'MethodNotAllowed')
    if (code) {
      response.writeHead(403, { 'content-type': 'application/xml' })
      return response.end(errorBody(code))
    }
    objects.set(name, body)
    response.writeHead(200, { etag: '"0"' }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    refuseWith: (code) => {
      refusal = code
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

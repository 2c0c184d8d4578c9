import { type Answer, type ReceivedRequest, type StrictServer, startServer } from './strictServer.ts'

/** How the server misbehaves next; each number counts down. */
export interface OpenSearchFaults {
  throttleRequests: number
  dropRequests: number
  /** Answers a time-out although everything was indexed. */
  dropAfterIndexing: number
  throttleItems: number
  maxBytes: number
}

/** OpenSearch's bulk, index-template and ISM contracts, strict about what the documentation is strict about. */
export interface OpenSearchServer extends StrictServer {
  /** index/id to the number of times it was written and the last document. */
  documents: Map<string, { writes: number; document: Record<string, unknown> }>
  templates: Map<string, unknown>
  policies: Map<string, { body: unknown; seqNo: number }>
  faults: OpenSearchFaults
}

const isSigned = ({ headers }: ReceivedRequest): boolean =>
  /^AWS4-HMAC-SHA256 Credential=[^,]+\/es\/aws4_request, SignedHeaders=[^,]*host[^,]*, Signature=[0-9a-f]{64}$/.test(
    headers.authorization ?? '',
  )

/** Starts it on a free loopback port. */
export const startOpenSearch = async (): Promise<OpenSearchServer> => {
  const state = {
    documents: new Map<string, { writes: number; document: Record<string, unknown> }>(),
    templates: new Map<string, unknown>(),
    policies: new Map<string, { body: unknown; seqNo: number }>(),
    faults: {
      throttleRequests: 0,
      dropRequests: 0,
      dropAfterIndexing: 0,
      throttleItems: 0,
      maxBytes: 10 * 1024 * 1024,
    },
  }
  const bulk = (request: ReceivedRequest): Answer => {
    if (request.headers['content-type'] !== 'application/x-ndjson')
      return { status: 406, body: { error: 'Content-Type header is not supported' } }
    if (!request.body.endsWith('\n'))
      return { status: 400, body: { error: 'The bulk request must be terminated by a newline [\\n]' } }
    if (Buffer.byteLength(request.body) > state.faults.maxBytes) return { status: 413, body: '' }
    if (state.faults.throttleRequests-- > 0) return { status: 429, body: { error: 'rejected execution' } }
    if (state.faults.dropRequests-- > 0) return 'drop'
    const lines = request.body.slice(0, -1).split('\n')
    if (lines.length % 2) return { status: 400, body: { error: 'odd number of lines' } }
    const items: object[] = []
    for (let line = 0; line < lines.length; line += 2) {
      const { index } = JSON.parse(lines[line] ?? '') as { index: { _index: string; _id: string } }
      const document = JSON.parse(lines[line + 1] ?? '') as Record<string, unknown>
      if (state.faults.throttleItems-- > 0) {
        items.push({
          index: {
            ...index,
            status: 429,
            error: { type: 'rejected_execution_exception', reason: 'queue is full' },
          },
        })
        continue
      }
      if (document.status !== undefined && typeof document.status !== 'number') {
        items.push({
          index: {
            ...index,
            status: 400,
            error: { type: 'mapper_parsing_exception', reason: 'failed to parse field [status]' },
          },
        })
        continue
      }
      const key = `${index._index}/${index._id}`
      state.documents.set(key, { writes: (state.documents.get(key)?.writes ?? 0) + 1, document })
      items.push({ index: { ...index, status: state.documents.get(key)?.writes === 1 ? 201 : 200 } })
    }
    if (state.faults.dropAfterIndexing-- > 0) return 'drop'
    return {
      status: 200,
      body: { took: 1, errors: items.some((item) => JSON.stringify(item).includes('"error"')), items },
    }
  }
  const policy = (request: ReceivedRequest, name: string): Answer => {
    const held = state.policies.get(name)
    if (request.method === 'GET') {
      return held
        ? { status: 200, body: { _id: name, _seq_no: held.seqNo, _primary_term: 1, policy: held.body } }
        : { status: 404, body: { error: 'Policy not found' } }
    }
    const given = request.query.get('if_seq_no')
    if (held && given !== String(held.seqNo)) return { status: 409, body: { error: 'version conflict' } }
    state.policies.set(name, { body: JSON.parse(request.body), seqNo: (held?.seqNo ?? 0) + 1 })
    return { status: held ? 200 : 201, body: { _id: name } }
  }
  const server = await startServer((request) => {
    if (!isSigned(request)) return { status: 403, body: { Message: 'User: anonymous is not authorized' } }
    if (request.method === 'POST' && request.path === '/_bulk') return bulk(request)
    const ism = /^\/_plugins\/_ism\/policies\/([\w-]+)$/.exec(request.path)
    if (ism?.[1]) return policy(request, ism[1])
    const template = /^\/_index_template\/([\w-]+)$/.exec(request.path)
    if (template?.[1] && request.method === 'PUT') {
      state.templates.set(template[1], JSON.parse(request.body))
      return { status: 200, body: { acknowledged: true } }
    }
    if (template?.[1] && request.method === 'GET')
      return state.templates.has(template[1]) ? { status: 200 } : { status: 404 }
    return { status: 404, body: { error: `no handler found for uri [${request.path}]` } }
  })
  return Object.assign(state, server)
}

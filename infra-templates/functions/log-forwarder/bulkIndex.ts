import type { SignedFetch } from '../shared/signedFetch.ts'

/** One document with its place. `id` makes a repeated request overwrite instead of doubling. */
export interface BulkItem {
  index: string
  id: string
  document: object
}

/** What became of a set of items. */
export interface BulkReport {
  indexed: number
  /** Refused for good (a mapping conflict): repeating cannot help. */
  rejected: { id: string; reason: string }[]
}

/** How hard to try. */
export interface BulkLimits {
  maxBytes: number
  attempts: number
  /** Waits before attempt `n` (from 1). */
  wait(attempt: number): Promise<void>
}

interface BulkResponse {
  items: { index: { _id: string; status: number; error?: { type: string; reason: string } } }[]
}

const encode = ({ index, id, document }: BulkItem): string =>
  `{"index":{"_index":${JSON.stringify(index)},"_id":${JSON.stringify(id)}}}\n${JSON.stringify(document)}\n`

/** Cuts items into bodies of at most `maxBytes`; one item alone may be over it. */
const chunk = (items: readonly BulkItem[], maxBytes: number): { items: BulkItem[]; body: string }[] => {
  const chunks: { items: BulkItem[]; body: string }[] = []
  let current: { items: BulkItem[]; parts: string[]; bytes: number } = { items: [], parts: [], bytes: 0 }
  const close = (): void => {
    if (current.items.length > 0) chunks.push({ items: current.items, body: current.parts.join('') })
    current = { items: [], parts: [], bytes: 0 }
  }
  for (const item of items) {
    const text = encode(item)
    const bytes = Buffer.byteLength(text)
    if (current.bytes + bytes > maxBytes) close()
    current.items.push(item)
    current.parts.push(text)
    current.bytes += bytes
  }
  close()
  return chunks
}

const isTransient = (status: number): boolean => status === 429 || status >= 500

/** Sends one body; returns the items to send again. */
const sendOnce = async (
  send: SignedFetch,
  { items, body }: { items: BulkItem[]; body: string },
  report: BulkReport,
): Promise<BulkItem[]> => {
  const response = await send({
    method: 'POST',
    path: '/_bulk',
    body,
    headers: { 'content-type': 'application/x-ndjson' },
  }).catch((error: Error) => error)
  if (response instanceof Error || isTransient(response.status)) {
    if (response instanceof Response) await response.arrayBuffer()
    return items
  }
  if (!response.ok) {
    throw new Error(
      `OpenSearch refused the batch: ${response.status} ${(await response.text()).slice(0, 300)}`,
    )
  }
  const answer = (await response.json()) as BulkResponse
  const again: BulkItem[] = []
  answer.items.forEach(({ index: outcome }, position) => {
    const item = items[position]
    if (!item) throw new Error('OpenSearch answered more items than it was sent')
    if (outcome.status < 300) report.indexed += 1
    else if (isTransient(outcome.status)) again.push(item)
    else report.rejected.push({ id: outcome._id, reason: `${outcome.error?.type}: ${outcome.error?.reason}` })
  })
  if (answer.items.length !== items.length)
    throw new Error('OpenSearch answered fewer items than it was sent')
  return again
}

/**
 * Indexes items by the bulk API. Items that fail for now (429, 5xx, time-out) are sent again, alone; a body that is too
 * large (413) is halved. Ids make every repetition harmless.
 *
 * @throws Error when items are left after the last attempt, so that Lambda's own retry and the dead-letter queue take over.
 */
export const bulkIndex = async (
  send: SignedFetch,
  items: readonly BulkItem[],
  limits: BulkLimits,
): Promise<BulkReport> => {
  const report: BulkReport = { indexed: 0, rejected: [] }
  let maxBytes = limits.maxBytes
  let left = [...items]
  for (let attempt = 1; left.length > 0; attempt += 1) {
    if (attempt > limits.attempts)
      throw new Error(`${left.length} log events are not indexed after ${limits.attempts} attempts`)
    if (attempt > 1) await limits.wait(attempt - 1)
    const again: BulkItem[] = []
    let tooLarge = false
    for (const part of chunk(left, maxBytes)) {
      try {
        again.push(...(await sendOnce(send, part, report)))
      } catch (error) {
        if (!(error instanceof Error) || !error.message.includes(': 413 ')) throw error
        if (part.items.length === 1)
          report.rejected.push({ id: part.items[0]?.id ?? '', reason: '413 too large' })
        else again.push(...part.items)
        tooLarge = true
      }
    }
    if (tooLarge) maxBytes = Math.max(Math.floor(maxBytes / 2), 1_024)
    left = again
  }
  return report
}

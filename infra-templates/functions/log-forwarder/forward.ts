import type { SignedFetch } from '../shared/signedFetch.ts'
import { type BulkLimits, type BulkReport, bulkIndex } from './bulkIndex.ts'
import { decode } from './decode.ts'
import { indexOf, toDocument } from './toDocument.ts'

/** Forwards one subscription payload to OpenSearch; `ownLogGroup` is never forwarded, whatever is subscribed. */
export const forward = async (
  data: string,
  send: SignedFetch,
  options: { indexPrefix: string; ownLogGroup: string; limits: BulkLimits },
): Promise<BulkReport> => {
  const batch = await decode(data)
  if (batch.messageType !== 'DATA_MESSAGE' || batch.logGroup === options.ownLogGroup)
    return { indexed: 0, rejected: [] }
  const items = batch.logEvents.map((event) => ({
    index: indexOf(event, options.indexPrefix),
    id: event.id,
    document: toDocument(event, batch),
  }))
  return bulkIndex(send, items, options.limits)
}

/** Events sealed into one request body, ready to be sent any number of times under the same id. */
export interface Batch {
  /** UUIDv7, by which the collector recognises a batch that it already has. */
  id: string
  /** The envelope as JSON. */
  body: string
  /** Size of `body` in UTF-8 bytes. */
  bytes: number
  /** How many events it holds. */
  count: number
}

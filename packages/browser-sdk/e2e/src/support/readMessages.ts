/** Version, page number, first index and time of a batch. */
const HEADER_NUMBERS = 4
const BATCH_HEADER = 81

/**
 * The messages in the batches of OpenReplay's tracker, by the number of their type: a type, three bytes of length, lowest
 * first, and as many bytes. The head of a batch has no length.
 */
export const readMessages = (batches: readonly Buffer[]): { type: number; body: Buffer }[] =>
  batches.flatMap((batch) => {
    let at = 0
    const number = () => {
      let value = 0
      for (let shift = 0; ; shift += 7) {
        const byte = batch[at++] as number
        value += (byte & 127) * 2 ** shift
        if (byte < 128) return value
      }
    }
    const messages: { type: number; body: Buffer }[] = []
    while (at < batch.length) {
      const type = number()
      if (type === BATCH_HEADER) {
        for (let index = 0; index < HEADER_NUMBERS; index++) number()
        const urlLength = number()
        at += urlLength
        continue
      }
      const length = batch.readUIntLE(at, 3)
      at += 3
      messages.push({ type, body: batch.subarray(at, at + length) })
      at += length
    }
    return messages
  })

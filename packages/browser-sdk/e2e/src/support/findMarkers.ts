/** Every reading of some bytes in which a personal value could hide. */
const readings = (bytes: Buffer | string): string[] => {
  const text = Buffer.isBuffer(bytes) ? bytes.toString('utf8') : bytes
  const decoded = text.replace(/%[\da-f]{2}/gi, (code) =>
    String.fromCharCode(Number.parseInt(code.slice(1), 16)),
  )
  const base64 = (text.match(/[\w+/-]{12,}={0,2}/g) ?? []).map((word) =>
    Buffer.from(word, 'base64').toString('utf8'),
  )
  return [text, decoded, ...base64]
}

/** The markers that occur anywhere in the given pieces, whatever the encoding. */
export const findMarkers = (pieces: readonly (Buffer | string)[], markers: readonly string[]): string[] => {
  const haystack = pieces.flatMap(readings).join('\n').toLowerCase()
  return markers.filter((marker) => haystack.includes(marker.toLowerCase()))
}

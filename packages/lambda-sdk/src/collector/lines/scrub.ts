import { maskText, sanitizeUrl } from '@acme/observe-schema/masking'

/** Most texts remembered, and the longest. Paths, routes and labels repeat; what a page invents is bounded. */
const MAX_REMEMBERED = 500
const MAX_REMEMBERED_LENGTH = 200

/** A UUID, a fingerprint (16 hex digits, and one that is all digits may be a card), a metric id of web-vitals. */
const OWN_ID = /^(?:[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}|(?=\d*[a-f])[\da-f]{16}|v\d{1,2}-\d{13}-\d{13})$/

const remember = (scrub: (text: string) => string): ((text: string) => string) => {
  const known = new Map<string, string>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const scrubbed = scrub(text)
    if (text.length > MAX_REMEMBERED_LENGTH) return scrubbed
    if (known.size >= MAX_REMEMBERED) known.clear()
    known.set(text, scrubbed)
    return scrubbed
  }
}

/** A page's path or address without query, fragment, ids and personal values. */
export const scrubPath: (url: string) => string = /* @__PURE__ */ remember(sanitizeUrl)

/** A short text that repeats, such as a route, a release or a language. */
export const scrubLabel: (text: string) => string = /* @__PURE__ */ remember(maskText)

/** An id. One made as ours are holds nothing personal; any other is text like the rest. */
export const scrubId = (id: string): string => (OWN_ID.test(id) ? id : maskText(id))

/** {@link scrubPath} as JSON. */
export const quotePath: (url: string) => string = /* @__PURE__ */ remember((url) =>
  JSON.stringify(sanitizeUrl(url)),
)

/** {@link scrubLabel} as JSON. */
export const quoteLabel: (text: string) => string = /* @__PURE__ */ remember((text) =>
  JSON.stringify(maskText(text)),
)

/** {@link scrubId} as JSON. */
export const quoteId = (id: string): string => (OWN_ID.test(id) ? `"${id}"` : JSON.stringify(maskText(id)))

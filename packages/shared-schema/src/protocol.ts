/** Version of the wire contract. Independent of the packages' semver: it moves only when the envelope does. */
export const SCHEMA_VERSION = 1

/** Path the collector answers on unless the endpoint says otherwise. */
export const DEFAULT_COLLECTOR_PATH = '/v1/events'

/**
 * Media type of a batch. A CORS-safelisted type, so neither `fetch` nor `sendBeacon` needs a preflight
 * (https://fetch.spec.whatwg.org/#cors-safelisted-request-header).
 */
export const BATCH_CONTENT_TYPE = 'text/plain;charset=UTF-8'

/** Request header that carries the session id from the page to the team's own API. */
export const SESSION_ID_HEADER = 'x-observe-session-id'

/** W3C Trace Context header (https://www.w3.org/TR/trace-context/#traceparent-header). */
export const TRACEPARENT_HEADER = 'traceparent'

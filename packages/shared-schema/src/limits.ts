/** Largest batch in UTF-8 bytes. Browsers share 64 KiB of `keepalive` bodies between all requests in flight. */
export const MAX_BATCH_BYTES = 60_000

/** Most events in one batch. */
export const MAX_EVENTS_PER_BATCH = 100

/** Longest event, batch and session id, in characters. */
export const MAX_ID_LENGTH = 64

/** Longest name of an app, release, environment, SDK, custom event or error, in characters. */
export const MAX_NAME_LENGTH = 128

/** Longest error or log message, in characters. */
export const MAX_MESSAGE_LENGTH = 1_000

/** Longest stack trace, in characters. */
export const MAX_STACK_LENGTH = 8_000

/** Most parsed stack frames of one error. */
export const MAX_STACK_FRAMES = 50

/** Longest React component stack, in characters. */
export const MAX_COMPONENT_STACK_LENGTH = 4_000

/** Most links of an error's cause chain. */
export const MAX_CAUSES = 5

/** Most breadcrumbs attached to one error. */
export const MAX_BREADCRUMBS = 20

/** Longest breadcrumb message, in characters. */
export const MAX_BREADCRUMB_LENGTH = 200

/** Longest sanitized page path or referrer, in characters. */
export const MAX_PATH_LENGTH = 500

/** Longest document title, in characters. */
export const MAX_TITLE_LENGTH = 200

/** Longest user agent, in characters. */
export const MAX_USER_AGENT_LENGTH = 400

/** Most properties of a custom event, log or attribution. */
export const MAX_PROPERTIES = 50

/** Longest property key, in characters. */
export const MAX_PROPERTY_KEY_LENGTH = 64

/** Longest string value of a property, in characters. */
export const MAX_PROPERTY_VALUE_LENGTH = 500

/** Most rejected events listed in one answer of the collector: an answer must not outgrow its request without bound. */
export const MAX_REJECTIONS_LISTED = 200

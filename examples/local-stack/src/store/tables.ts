/**
 * Everything the stack keeps. Times are epoch milliseconds; `seq` orders rows by arrival and is filled in
 * by the store.
 */
export const TABLES = {
  /** Every line the functions wrote, as CloudWatch Logs would hold it. */
  log_events: {
    seq: 'BIGINT NOT NULL',
    at_ms: 'BIGINT NOT NULL',
    function_name: 'VARCHAR NOT NULL',
    log_stream: 'VARCHAR NOT NULL',
    source: 'VARCHAR NOT NULL',
    level: 'VARCHAR',
    message: 'VARCHAR',
    request_id: 'VARCHAR',
    session_id: 'VARCHAR',
    trace_id: 'VARCHAR',
    /** True for an EMF document, whose metrics are rows of `metrics`. */
    is_emf: 'BOOLEAN NOT NULL',
    line: 'VARCHAR NOT NULL',
  },
  /** One row for each value, metric and dimension set of an EMF document. */
  metrics: {
    seq: 'BIGINT NOT NULL',
    at_ms: 'BIGINT NOT NULL',
    namespace: 'VARCHAR NOT NULL',
    name: 'VARCHAR NOT NULL',
    unit: 'VARCHAR NOT NULL',
    value: 'DOUBLE NOT NULL',
    /** JSON object. */
    dimensions: 'VARCHAR NOT NULL',
    function_name: 'VARCHAR NOT NULL',
    request_id: 'VARCHAR',
    session_id: 'VARCHAR',
    trace_id: 'VARCHAR',
  },
  /** What pages sent to the collector, byte for byte, and what they were answered. */
  envelopes: {
    seq: 'BIGINT NOT NULL',
    at_ms: 'BIGINT NOT NULL',
    batch_id: 'VARCHAR',
    session_id: 'VARCHAR',
    content_type: 'VARCHAR',
    origin: 'VARCHAR',
    user_agent: 'VARCHAR',
    body: 'BLOB NOT NULL',
    size_bytes: 'BIGINT NOT NULL',
    status: 'BIGINT',
  },
  /** Events as the collector logged them. An event that was logged twice is here twice. */
  browser_events: {
    seq: 'BIGINT NOT NULL',
    at_ms: 'BIGINT NOT NULL',
    received_ms: 'BIGINT NOT NULL',
    event_id: 'VARCHAR NOT NULL',
    type: 'VARCHAR NOT NULL',
    session_id: 'VARCHAR',
    page_path: 'VARCHAR',
    page_route: 'VARCHAR',
    device_type: 'VARCHAR',
    replay_url: 'VARCHAR',
    /** Name of a vital, custom event or error. */
    name: 'VARCHAR',
    /** Of a vital: milliseconds, or the score of CLS. */
    value: 'DOUBLE',
    rating: 'VARCHAR',
    /** Reports of one vital on one page share it; the last one counts. */
    metric_id: 'VARCHAR',
    fingerprint: 'VARCHAR',
    /** How many equal errors the event stands for. */
    count: 'BIGINT',
    trace_id: 'VARCHAR',
    request_id: 'VARCHAR',
    /** The logged line, JSON. */
    line: 'VARCHAR NOT NULL',
  },
  /** What the replay tracker sent to the ingest point. */
  replay_batches: {
    seq: 'BIGINT NOT NULL',
    at_ms: 'BIGINT NOT NULL',
    path: 'VARCHAR NOT NULL',
    /** The receiver's own session id, which `session.replay.id` of an envelope names. */
    replay_id: 'VARCHAR',
    data_type: 'VARCHAR',
    content_encoding: 'VARCHAR',
    body: 'BLOB NOT NULL',
    size_bytes: 'BIGINT NOT NULL',
  },
  /** What the analytics sender delivered. */
  analytics_events: {
    seq: 'BIGINT NOT NULL',
    at_ms: 'BIGINT NOT NULL',
    type: 'VARCHAR NOT NULL',
    website_id: 'VARCHAR NOT NULL',
    session_id: 'VARCHAR',
    url: 'VARCHAR',
    title: 'VARCHAR',
    referrer: 'VARCHAR',
    name: 'VARCHAR',
    /** The payload as JSON. */
    payload: 'VARCHAR NOT NULL',
  },
  /** HTTP requests to the API and the collector, as an access log. */
  requests: {
    seq: 'BIGINT NOT NULL',
    at_ms: 'BIGINT NOT NULL',
    method: 'VARCHAR NOT NULL',
    path: 'VARCHAR NOT NULL',
    route_key: 'VARCHAR',
    function_name: 'VARCHAR',
    request_id: 'VARCHAR',
    session_id: 'VARCHAR',
    trace_id: 'VARCHAR',
    status: 'BIGINT NOT NULL',
    duration_ms: 'DOUBLE NOT NULL',
    request_bytes: 'BIGINT NOT NULL',
    response_bytes: 'BIGINT NOT NULL',
  },
} as const

export type TableName = keyof typeof TABLES

type Value<Type extends string> = Type extends `VARCHAR${string}`
  ? string
  : Type extends `BLOB${string}`
    ? Uint8Array
    : Type extends `BOOLEAN${string}`
      ? boolean
      : number

type Column<Type extends string> = Type extends `${string} NOT NULL` ? Value<Type> : Value<Type> | null

/** A row as it is read. */
export type Row<T extends TableName> = {
  [C in keyof (typeof TABLES)[T]]: Column<(typeof TABLES)[T][C] & string>
}

/** A row as it is written: the store numbers it, and what is not known is undefined. */
export type NewRow<T extends TableName> = {
  [C in Exclude<keyof Row<T>, 'seq'>]: null extends Row<T>[C] ? Row<T>[C] | undefined : Row<T>[C]
}

/**
 * Each page event once. A page that was left cannot know whether its last batch arrived, so it sends it
 * again on the next visit; an instance of the collector that has not seen the first copy logs both.
 */
export const PAGE_EVENTS_VIEW = `CREATE OR REPLACE VIEW page_events AS
SELECT *, count(*) OVER (PARTITION BY event_id) AS times_logged FROM browser_events
QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY seq) = 1`

/** A row of the view `page_events`. */
export type PageEvent = Row<'browser_events'> & { times_logged: number }

export const createTableSql = (table: TableName): string =>
  `CREATE TABLE IF NOT EXISTS ${table} (${Object.entries(TABLES[table])
    .map(([column, type]) => `${column} ${type}`)
    .join(', ')})`

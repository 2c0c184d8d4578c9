const keyword = { type: 'keyword', ignore_above: 1_024 }

/** One shard and no replica: the default domain is one small node, and a replica it cannot place keeps it yellow. */
export const indexTemplate = (prefix: string, replicas: number): object => ({
  index_patterns: [`${prefix}-*`],
  priority: 100,
  template: {
    settings: {
      number_of_shards: 1,
      number_of_replicas: replicas,
      refresh_interval: '10s',
      codec: 'best_compression',
    },
    mappings: {
      // Fields that an application logs are in `message`; mapping each of them would explode the mapping.
      dynamic: false,
      properties: {
        '@timestamp': { type: 'date' },
        message: { type: 'text' },
        logGroup: keyword,
        logStream: { ...keyword, doc_values: false, index: false },
        level: keyword,
        service: keyword,
        requestId: keyword,
        sessionId: keyword,
        traceId: keyword,
        route: keyword,
        status: { type: 'short' },
        durationMs: { type: 'float' },
        errorName: keyword,
        fingerprint: keyword,
      },
    },
  },
})

/** How old an index is at each step, in days. */
export interface LifecycleDays {
  warm: number
  cold: number
  delete: number
}

/**
 * Hot for 7 days, warm until 30, deleted at 90 (by default). On a t3 domain there is no UltraWarm: warm means read-only
 * and merged to one segment, on the same disk.
 */
export const lifecyclePolicy = (prefix: string, days: LifecycleDays): object => ({
  policy: {
    description: `Logs: hot until day ${days.warm}, warm until day ${days.cold}, deleted at day ${days.delete}`,
    default_state: 'hot',
    states: [
      {
        name: 'hot',
        actions: [{ index_priority: { priority: 100 } }],
        transitions: [{ state_name: 'warm', conditions: { min_index_age: `${days.warm}d` } }],
      },
      {
        name: 'warm',
        actions: [
          { read_only: {} },
          { force_merge: { max_num_segments: 1 } },
          { index_priority: { priority: 10 } },
        ],
        transitions: [{ state_name: 'cold', conditions: { min_index_age: `${days.cold}d` } }],
      },
      {
        name: 'cold',
        actions: [{ index_priority: { priority: 1 } }],
        transitions: [{ state_name: 'delete', conditions: { min_index_age: `${days.delete}d` } }],
      },
      { name: 'delete', actions: [{ delete: {} }], transitions: [] },
    ],
    ism_template: [{ index_patterns: [`${prefix}-*`], priority: 100 }],
  },
})

import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog'
import { TextBoxVariableBuilder } from '@grafana/grafana-foundation-sdk/dashboard'
import { dashboard, lines, logLines, type ObserveDashboard, table } from './panels.ts'
import { OPENSEARCH } from './queries.ts'

/** The OpenSearch plugin has no builder in the SDK; this is the query it saves. */
const lucene = (query: string, rest: object): Builder<Dataquery> => ({
  build: () =>
    ({
      refId: 'A',
      datasource: OPENSEARCH,
      queryType: 'lucene',
      query,
      timeField: '@timestamp',
      metrics: [{ id: '1', type: 'count' }],
      bucketAggs: [],
      ...rest,
    }) as unknown as Dataquery,
})

const overTime = {
  id: '9',
  type: 'date_histogram',
  field: '@timestamp',
  settings: { interval: 'auto', min_doc_count: '0', trimEdges: '0' },
}
const terms = (id: string, field: string, size: string) => ({
  id,
  type: 'terms',
  field,
  settings: { size, order: 'desc', orderBy: '_count', min_doc_count: '1' },
})

/** Story 2.4: error patterns and search, answered from an index. Only provisioned with log search. */
export const logSearch = (): ObserveDashboard => ({
  folderUid: 'application',
  dashboard: dashboard(
    'observe-log-search',
    'Log search',
    'Search of all indexed lines. Query syntax: Lucene, for example level:ERROR AND service:orders AND message:"card declined".',
  )
    .withVariable(new TextBoxVariableBuilder('query').label('Lucene query').defaultValue('*'))
    .withPanel(
      lines(
        'Lines by level',
        'Of the query above.',
        'short',
        [lucene('$query', { bucketAggs: [terms('2', 'level', '5'), overTime] })],
        24,
      ).datasource(OPENSEARCH),
    )
    .withPanel(
      table(
        'Error patterns',
        'Errors by name and fingerprint.',
        lucene('level:ERROR AND $query', {
          bucketAggs: [terms('2', 'errorName', '20'), terms('3', 'fingerprint', '5')],
        }),
        12,
      ).datasource(OPENSEARCH),
    )
    .withPanel(
      table(
        'Slow requests',
        'Lines of requests over a second, by route.',
        lucene('durationMs:>1000 AND $query', { bucketAggs: [terms('2', 'route', '20')] }),
        12,
      ).datasource(OPENSEARCH),
    )
    .withPanel(
      logLines(
        'Lines',
        'Newest first.',
        lucene('$query', { metrics: [{ id: '1', type: 'logs', settings: { limit: '500' } }] }),
      ).datasource(OPENSEARCH),
    ),
})

import type { MetricsQueryBuilder } from '@grafana/grafana-foundation-sdk/cloudwatch'
import { dashboard, lines, type ObserveDashboard, table } from './panels.ts'
import { insights, metric } from './queries.ts'

const DISTRIBUTION = { DistributionId: '__DISTRIBUTION_ID__', Region: 'Global' }

/** CloudFront reports in us-east-1 only, whatever region the stack is in. */
const edge = (refId: string, name: string, statistic: string, label: string): MetricsQueryBuilder =>
  metric(refId, 'AWS/CloudFront', name, statistic, DISTRIBUTION, label).region('us-east-1')

/** Story 2.3, CloudFront: requests, cache hits, bytes, errors, and where visitors are. */
export const cloudFront = (): ObserveDashboard => ({
  folderUid: 'application',
  dashboard: dashboard(
    'observe-cloudfront',
    'CloudFront',
    'Requests, cache hit ratio, bytes and error rates of the distribution.',
  )
    .withPanel(lines('Requests', 'Requests of viewers.', 'short', [edge('A', 'Requests', 'Sum', 'requests')]))
    .withPanel(
      lines(
        'Cache hit ratio',
        'Share answered without the origin. Needs additional metrics: EnableHitRatio switches them on for the tracking distribution, its Monitoring page for your own.',
        'percent',
        [edge('A', 'CacheHitRate', 'Average', 'hit ratio')],
      ),
    )
    .withPanel(
      lines('Bytes', 'Sent to and received from viewers.', 'bytes', [
        edge('A', 'BytesDownloaded', 'Sum', 'downloaded'),
        edge('B', 'BytesUploaded', 'Sum', 'uploaded'),
      ]),
    )
    .withPanel(
      lines('Error rates', 'Share of answers with 4xx and 5xx.', 'percent', [
        edge('A', '4xxErrorRate', 'Average', '4xx'),
        edge('B', '5xxErrorRate', 'Average', '5xx'),
      ]),
    )
    .withPanel(
      lines('Origin latency p95', 'Time to first byte from the origin. Needs additional metrics.', 'ms', [
        edge('A', 'OriginLatency', 'p95', 'p95'),
      ]),
    )
    .withPanel(
      // CloudFront has no metric by edge location; what visitors' browsers measured tells where it is slow.
      table(
        'Slowest places by connection',
        'Time to first byte as browsers saw it, by device and connection. CloudFront itself counts no edge locations.',
        insights(
          'A',
          'COLLECTOR',
          'filter ispresent(TTFB) or ispresent(TTFB.0) | stats pct(coalesce(TTFB, TTFB.0), 75) as p75_ms, count(*) as page_views by deviceType, connection | sort p75_ms desc | limit 20',
        ),
        12,
      ),
    ),
})

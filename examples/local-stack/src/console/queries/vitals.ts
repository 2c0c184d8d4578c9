import type { WebVitalName } from '@acme/observe-schema/types'
import type { Store } from '../../store/openStore.ts'
import type { TimeRange } from '../timeRange.ts'

/** One vital of one page of one session: its last report, which supersedes the earlier ones. */
const LATEST = `
SELECT * FROM browser_events
WHERE type = 'web-vital' AND value IS NOT NULL AND at_ms BETWEEN $from AND $to
  AND ($device = '' OR device_type = $device)
QUALIFY row_number() OVER (PARTITION BY session_id, page_path, name ORDER BY seq DESC) = 1`

export interface VitalSummary {
  name: WebVitalName
  samples: number
  p75: number
  good: number
  needs_improvement: number
  poor: number
  values: number[]
}

export interface VitalFilter {
  range: TimeRange
  /** Empty for all. */
  device: string
}

/** Each vital's distribution; p75 as Core Web Vitals are judged. */
export const summariseVitals = (store: Store, { range, device }: VitalFilter): Promise<VitalSummary[]> =>
  store.query<VitalSummary>(
    `WITH latest AS (${LATEST})
    SELECT name, count(*) AS samples, quantile_cont(value, 0.75) AS p75,
      count(*) FILTER (rating = 'good') AS good,
      count(*) FILTER (rating = 'needs-improvement') AS needs_improvement,
      count(*) FILTER (rating = 'poor') AS poor, list(value) AS values
    FROM latest GROUP BY name`,
    { from: range.from, to: range.to, device },
  )

export interface RouteVital {
  route: string
  name: WebVitalName
  p75: number
  samples: number
}

/** p75 of each vital by route, the busiest routes first. */
export const vitalsByRoute = (store: Store, { range, device }: VitalFilter): Promise<RouteVital[]> =>
  store.query<RouteVital>(
    `WITH latest AS (${LATEST}),
    named AS (SELECT *, coalesce(page_route, page_path, '(unknown)') AS route FROM latest)
    SELECT route, name, quantile_cont(value, 0.75) AS p75, count(*) AS samples,
      sum(count(*)) OVER (PARTITION BY route) AS route_samples
    FROM named GROUP BY route, name ORDER BY route_samples DESC, route`,
    { from: range.from, to: range.to, device },
  )

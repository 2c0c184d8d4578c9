import { dashboard, lines, link, type ObserveDashboard, stat, table, thresholds } from './panels.ts'
import { insights, NAMESPACE, search } from './queries.ts'

/** The limits between good, needs improvement and poor, https://web.dev/articles/vitals; units as the SDK reports. */
export const LIMITS = {
  LCP: [2_500, 4_000],
  INP: [200, 500],
  CLS: [0.1, 0.25],
  FCP: [1_800, 3_000],
  TTFB: [800, 1_800],
  FID: [100, 300],
} as const

const unitOf = (name: string): string => (name === 'CLS' ? 'none' : 'ms')

const all = (name: keyof typeof LIMITS) =>
  stat(
    `${name} p75`,
    'Three of four page views were at least this good. All applications, routes and devices.',
    unitOf(name),
    search('A', NAMESPACE, ['app'], name, 'p75', 'app'),
    LIMITS[name],
  )

const by = (name: keyof typeof LIMITS, dimension: 'route' | 'deviceType', what: string) =>
  lines(
    `${name} p75 by ${what}`,
    `75th percentile of ${name} by ${what}, against the limits of a good experience.`,
    unitOf(name),
    [search('A', NAMESPACE, ['app', dimension], name, 'p75', dimension)],
  )
    .thresholds(thresholds(LIMITS[name]))
    .dataLinks([link('Sessions with a bad value', '/d/observe-frontend-errors?from=${__from}&to=${__to}')])

/** FR9 and story 3.3: Web Vitals as real visitors had them, at the 75th percentile, by page and by device. */
export const webVitals = (): ObserveDashboard => ({
  folderUid: 'frontend',
  dashboard: dashboard(
    'observe-web-vitals',
    'Web Vitals',
    'What visitors experienced: p75 of each vital by page and device, with the limits of web.dev.',
  )
    .time({ from: 'now-24h', to: 'now' })
    .withPanel(all('LCP'))
    .withPanel(all('INP'))
    .withPanel(all('CLS'))
    .withPanel(all('FCP'))
    .withPanel(all('TTFB'))
    .withPanel(all('FID'))
    .withPanel(by('LCP', 'route', 'page'))
    .withPanel(by('LCP', 'deviceType', 'device'))
    .withPanel(by('INP', 'route', 'page'))
    .withPanel(by('INP', 'deviceType', 'device'))
    .withPanel(by('CLS', 'route', 'page'))
    .withPanel(by('TTFB', 'route', 'page'))
    .withPanel(
      table(
        'Slowest page views',
        'Single page views behind a bad p75, each with its session. Open the session to see its replay and its log lines.',
        insights(
          'A',
          'COLLECTOR',
          'filter ispresent(LCP) or ispresent(LCP.0) | fields @timestamp, coalesce(LCP, LCP.0) as lcp_ms, pagePath, deviceType, sessionId, replayUrl | sort lcp_ms desc | limit 20',
        ),
      )
        .overrideByName('replayUrl', [
          { id: 'links', value: [{ title: 'Replay', url: '${__value.raw}', targetBlank: true }] },
        ])
        .overrideByName('sessionId', [
          {
            id: 'links',
            value: [
              {
                title: 'Log lines of this session',
                url: '/d/observe-logs?var-session=${__value.raw}&from=${__from}&to=${__to}',
              },
            ],
          },
        ]),
    ),
})

import { beforeAll, describe, expect, it } from 'vitest'
import { readTemplate } from '../templates/readTemplates.ts'
import { emitted } from '../test/emitted.ts'
import { dashboards } from './index.ts'
import { LIMITS } from './webVitals.ts'

interface Target {
  refId: string
  queryMode?: string
  namespace?: string
  metricName?: string
  dimensions?: Record<string, string>
  expression?: string
  datasource?: { uid: string }
  region?: string
}
interface Panel {
  title: string
  description: string
  type: string
  gridPos: { x: number; y: number; w: number; h: number }
  targets: Target[]
}
interface Built {
  uid: string
  title: string
  description: string
  refresh: string
  timezone: string
  panels: Panel[]
}

const built = dashboards.map((make) => {
  const { folderUid, dashboard } = make()
  return { folderUid, ...(JSON.parse(JSON.stringify(dashboard.build())) as Built) }
})
const named = built.map((one) => [one.uid, one] as const)

let series: Set<string>
let lines: Record<string, unknown>[]
beforeAll(async () => {
  ;({ series, lines } = await emitted())
})

const ours = (): { where: string; metric: string }[] =>
  built.flatMap(({ uid, panels }) =>
    panels.flatMap(({ title, targets }) =>
      targets.flatMap((target) => {
        if (target.namespace === '__NAMESPACE__') {
          const set = Object.keys(target.dimensions ?? {})
            .sort()
            .join(',')
          return [{ where: `${uid}: ${title}`, metric: `${target.metricName} {${set}}` }]
        }
        const search = /SEARCH\('\{"__NAMESPACE__",([\w,]+)\} MetricName="(\w+)"/.exec(
          target.expression ?? '',
        )
        return search
          ? [
              {
                where: `${uid}: ${title}`,
                metric: `${search[2]} {${search[1]?.split(',').sort().join(',')}}`,
              },
            ]
          : []
      }),
    ),
  )

describe('what dashboards show is what the SDKs emit', () => {
  it('every metric of ours, with its dimensions', () => {
    expect(ours().length).toBeGreaterThan(20)
    expect(ours().filter(({ metric }) => !series.has(metric))).toEqual([])
  })

  it('every field that a log query names', () => {
    const known = new Set([...lines.flatMap((line) => Object.keys(line)), '@timestamp', '@message'])
    const functions = new Set([
      'filter',
      'stats',
      'fields',
      'sort',
      'limit',
      'by',
      'as',
      'desc',
      'asc',
      'and',
      'bin',
      'count',
      'pct',
      'sum',
      'latest',
      'min',
      'count_distinct',
      'ispresent',
      'coalesce',
      'or',
    ])
    const unknown = built.flatMap(({ uid, panels }) =>
      panels.flatMap(({ title, targets }) =>
        targets
          .filter(({ queryMode }) => queryMode === 'Logs')
          .flatMap(({ expression = '' }) => {
            const own = new Set([...expression.matchAll(/ as (\w+)/g)].map((match) => match[1]))
            const words = expression.replace(/'[^']*'|"[^"]*"/g, '').match(/@?[A-Za-z_]\w*/g) ?? []
            return words
              .filter((word) => !functions.has(word) && !own.has(word) && !known.has(word) && word !== 'm')
              .map((word) => `${uid}: ${title}: ${word}`)
          }),
      ),
    )
    // Only requests have a route and a service, and pages may not know their connection.
    expect(unknown.filter((one) => !/: (route|connection)$/.test(one))).toEqual([])
  })

  it('reads a vital as the collector writes it: a number when a batch has one of it', () => {
    expect(lines.find((line) => line.eventType === 'web-vital')).toMatchObject({ LCP: 120, TTFB: 120 })
  })

  it('links from an error to its replay and to the log lines of its session', () => {
    const text = JSON.stringify(built.find(({ uid }) => uid === 'observe-frontend-errors'))
    expect(text).toContain('"url":"${__value.raw}"')
    expect(text).toContain('/d/observe-logs?var-session=${__value.raw}')
    expect(lines.find((line) => line.BrowserErrors)).toMatchObject({
      replayUrl: expect.any(String),
      sessionId: expect.any(String),
      fingerprint: 'f1',
    })
  })

  it('limits of the vitals are those of web.dev', () => {
    expect(LIMITS).toEqual({
      LCP: [2500, 4000],
      INP: [200, 500],
      CLS: [0.1, 0.25],
      FCP: [1800, 3000],
      TTFB: [800, 1800],
      FID: [100, 300],
    })
  })
})

describe.each(named)('%s', (_, one) => {
  it('says what it and every panel means', () => {
    expect(one.description.length).toBeGreaterThan(30)
    for (const panel of one.panels) expect(panel.description?.length ?? 0, panel.title).toBeGreaterThan(10)
  })

  it('does not refresh by itself, and has unique queries within a panel', () => {
    expect(one.refresh).toBe('')
    for (const { title, targets } of one.panels) {
      const ids = targets.map(({ refId }) => refId)
      expect(new Set(ids).size, title).toBe(ids.length)
    }
  })

  it('asks CloudFront and billing where they report', () => {
    for (const target of one.panels.flatMap(({ targets }) => targets)) {
      const where = `${target.namespace} ${target.expression}`
      if (/AWS\/(CloudFront|Billing)/.test(where)) expect(target.region).toBe('us-east-1')
    }
  })

  it('uses only names that the stack fills in', () => {
    const { template } = readTemplate('stacks/grafana.yaml')
    const tokens = Object.keys(template.Resources.Content?.Properties?.Tokens as object)
    for (const [, token] of JSON.stringify(one).matchAll(/__([A-Z][A-Z_]*[A-Z])__/g))
      expect(tokens).toContain(token)
  })

  it('costs a known number of metric requests', () => {
    const metrics = one.panels
      .flatMap(({ targets }) => targets)
      .filter((target) => target.queryMode === 'Metrics')
    expect(metrics.length).toBeLessThanOrEqual(30)
  })
})

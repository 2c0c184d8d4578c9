import { withObservability } from '@acme/observe-lambda'
import { createCollector } from '@acme/observe-lambda/collector'
import { captureLines, createContext } from '@acme/observe-lambda/testing'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { probeDocument } from '../functions/umami-probe/probeDocument.ts'
import { readTemplate } from '../templates/readTemplates.ts'
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

/** `metric {dimensions}` of every series that documents define. */
const seriesOf = (lines: readonly Record<string, unknown>[]): Set<string> => {
  const series = new Set<string>()
  for (const line of lines) {
    const directives =
      (
        line._aws as {
          CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string }[] }[]
        }
      )?.CloudWatchMetrics ?? []
    for (const { Namespace, Dimensions, Metrics } of directives) {
      expect(Namespace).toBe('Observe/test')
      for (const set of Dimensions)
        for (const { Name } of Metrics) series.add(`${Name} {${[...set].sort().join(',')}}`)
    }
  }
  return series
}

const page = { path: '/orders', route: '/orders' }
const vital = (name: string, index: number) => ({
  type: 'web-vital',
  id: `0192f0c0-0000-7000-8000-00000000000${index}`,
  at: 1_790_000_000_000,
  page,
  name,
  value: name === 'CLS' ? 0.05 : 120,
  delta: name === 'CLS' ? 0.05 : 120,
  rating: 'good',
  navigationType: 'navigate',
  metricId: `v6-${index}`,
})

/** Runs the SDKs themselves, once through everything that makes a metric. */
const emitted = async (): Promise<{ series: Set<string>; lines: Record<string, unknown>[] }> => {
  vi.stubEnv('OBSERVE_ENVIRONMENT', 'test')
  vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'orders')
  const captured = captureLines()
  try {
    await withObservability(async (_event: unknown, _context: unknown) => ({ statusCode: 200 }), {
      service: 'orders',
    })({}, createContext())
    const envelope = {
      schemaVersion: 1,
      batchId: '0192f0c0-0000-7000-8000-0000000000aa',
      sentAt: 1_790_000_000_000,
      sdk: { name: '@acme/observe-browser', version: '0.0.0' },
      app: { name: 'shop', release: '1.0.0', environment: 'test' },
      session: {
        id: '0192f0c0-0000-7000-8000-0000000000bb',
        startedAt: 1_790_000_000_000,
        replay: { id: 'r1', url: 'https://replay.example.com/1/session/2' },
      },
      client: { language: 'en', viewport: { width: 100, height: 100 }, deviceType: 'desktop' },
      dropped: { 'queue-full': 2 },
      events: [
        ...Object.keys(LIMITS).map(vital),
        {
          type: 'error',
          id: '0192f0c0-0000-7000-8000-0000000000cc',
          at: 1_790_000_000_000,
          page,
          source: 'window',
          name: 'TypeError',
          message: 'x is undefined',
          handled: false,
          fingerprint: 'f1',
          traceId: '0af7651916cd43dd8448eb211c80319c',
          count: 1,
        },
        { type: 'no-such-type', id: '0192f0c0-0000-7000-8000-0000000000dd', at: 1_790_000_000_000, page },
      ],
    }
    const answer = await createCollector({ origins: ['*'] })({
      version: '2.0',
      rawPath: '/v1/events',
      headers: { 'content-type': 'application/json' },
      requestContext: { http: { method: 'POST', path: '/v1/events' } },
      body: JSON.stringify(envelope),
      isBase64Encoded: false,
    })
    expect(answer.statusCode, answer.body).toBe(202)
    const lines = [...captured.lines, probeDocument('test', true, 1) as Record<string, unknown>]
    return { series: seriesOf(lines), lines }
  } finally {
    captured.restore()
  }
}

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
        const search = /SEARCH\('\{__NAMESPACE__,([\w,]+)\} MetricName="(\w+)"/.exec(target.expression ?? '')
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

import { withObservability } from '@acme/observe-lambda'
import { createCollector } from '@acme/observe-lambda/collector'
import { captureLines, createContext, createHttpEvent } from '@acme/observe-lambda/testing'
import { expect, vi } from 'vitest'
import { LIMITS } from '../dashboards/webVitals.ts'
import { probeDocument } from '../functions/umami-probe/probeDocument.ts'

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

/** What the SDKs print, and the series that CloudWatch makes of it. */
export interface Emitted {
  /** `metric {dimensions}`, dimensions sorted. */
  series: Set<string>
  lines: Record<string, unknown>[]
}

/** Runs the SDKs themselves, once through everything that makes a metric. */
export const emitted = async (): Promise<Emitted> => {
  vi.stubEnv('OBSERVE_ENVIRONMENT', 'test')
  vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'orders')
  const captured = captureLines()
  try {
    await withObservability(async (_event: unknown, _context: unknown) => ({ statusCode: 200 }), {
      service: 'orders',
    })({}, createContext())
    const failing = withObservability(
      async (_event: unknown, _context: unknown): Promise<object> => {
        throw new TypeError('x is undefined')
      },
      { service: 'orders' },
    )
    const request = createHttpEvent({
      path: '/orders',
      headers: { 'x-observe-session-id': '0192f0c0-0000-7000-8000-0000000000bb' },
    })
    await expect(failing(request, createContext())).rejects.toThrow('x is undefined')
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

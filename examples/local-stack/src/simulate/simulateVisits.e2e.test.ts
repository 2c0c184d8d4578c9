import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type LocalStack, startLocalStack } from '../index.ts'
import { simulateVisits } from './simulateVisits.ts'

const VISITS = 12

let stack: LocalStack
beforeAll(async () => {
  stack = await startLocalStack()
  const result = await simulateVisits({
    shopUrl: stack.shopUrl,
    visits: VISITS,
    seed: 4,
    visitsPerSecond: 20,
  })
  expect(result).toMatchObject({ visits: VISITS, aborted: 0 })
  await vi.waitFor(async () => expect(await sentAndStored()).toMatchObject({ missing: 0 }), {
    timeout: 20_000,
  })
})
afterAll(() => stack.close())

const one = async <R extends object>(sql: string): Promise<R> => {
  const [row] = await stack.query<R>(sql)
  if (!row) throw new Error('no row')
  return row
}

/** The ids of the events in all envelopes, against those the collector logged. */
const sentAndStored = () =>
  one<{ sent: number; stored: number; missing: number }>(`
    WITH sent AS (
      SELECT unnest(json_extract_string(decode(body), '$.events[*].id')) AS id FROM envelopes
    )
    SELECT (SELECT count(*) FROM sent) AS sent, (SELECT count(*) FROM browser_events) AS stored,
      (SELECT count(*) FROM sent WHERE id NOT IN (SELECT event_id FROM browser_events)) AS missing`)

it('finds every event of every page exactly once', async () => {
  const { sent, stored } = await sentAndStored()
  expect(sent).toBeGreaterThan(VISITS * 6)
  expect(stored).toBe(sent)
  expect(await stack.query('SELECT status FROM envelopes WHERE status <> 202')).toEqual([])
})

it('finds one valid EMF document for each API call, under the call’s session', async () => {
  expect(
    await one(`
      SELECT count(*) AS calls, count(*) FILTER (documents <> 1) AS wrong FROM (
        SELECT r.request_id, count(l.line) AS documents FROM requests r
        LEFT JOIN log_events l ON l.request_id = r.request_id AND l.session_id = r.session_id
          AND l.is_emf AND l.line LIKE '%"Invocations":1%'
        WHERE r.path LIKE '/api/%' GROUP BY r.request_id)`),
  ).toMatchObject({ wrong: 0 })
  expect(await stack.query(`SELECT name FROM metrics WHERE namespace = 'AWS/Logs'`)).toEqual([])
})

it('knows each visitor by one session id in page, API and analytics', async () => {
  const ids = (table: string) =>
    stack.query(`SELECT DISTINCT session_id FROM ${table} WHERE session_id IS NOT NULL ORDER BY 1`)
  const sessions = await ids('browser_events')
  expect(sessions).toHaveLength(VISITS)
  expect(await ids('requests')).toEqual(sessions)
  expect(await ids('metrics')).toEqual(sessions)
  expect(await ids('analytics_events')).toEqual(sessions)
})

it('makes visitors on phones wait longer', async () => {
  const medians = await stack.query<{ device_type: string; lcp: number }>(
    `SELECT device_type, median(value) AS lcp FROM browser_events WHERE name = 'LCP' GROUP BY ALL`,
  )
  const of = (device: string) => medians.find(({ device_type }) => device_type === device)?.lcp ?? Number.NaN
  expect(of('mobile')).toBeGreaterThan(of('desktop'))
})

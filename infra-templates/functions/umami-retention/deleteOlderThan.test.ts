import { afterAll, beforeAll, expect, it } from 'vitest'
import { startDatabase, type TestDatabase } from '../../test/database.ts'
import { UMAMI_TABLES } from '../../test/umamiSchema.ts'
import { withConnection } from '../shared/postgres.ts'
import { deleteOlderThan } from './deleteOlderThan.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await startDatabase()
  await database.query(
    `CREATE ROLE umami LOGIN PASSWORD 'umami'; CREATE SCHEMA umami AUTHORIZATION umami; ALTER ROLE umami SET search_path = umami`,
  )
  await database.query(UMAMI_TABLES, [], { user: 'umami', password: 'umami' })
})
afterAll(() => database?.stop())

const cutoff = new Date('2026-01-01T00:00:00Z')
const OLD = "'2025-12-31T23:59:59.999Z'::timestamptz"
const AT_CUTOFF = "'2026-01-01T00:00:00Z'::timestamptz"
const id = 'gen_random_uuid()'

const run = () =>
  withConnection(
    { host: database.host, port: database.port, database: 'postgres', tls: false },
    { user: 'umami', password: 'umami' },
    (client) => deleteOlderThan(client, 'umami', cutoff),
  )

it('deletes exactly what is older, children first, and keeps sessions that are still in use', async () => {
  const asUmami = { user: 'umami', password: 'umami' }
  for (const at of [OLD, AT_CUTOFF]) {
    await database.query(
      `INSERT INTO revenue VALUES (${id}, ${id}, ${id}, ${id}, 'e', 'USD', 1, ${at});
       INSERT INTO event_data VALUES (${id}, ${id}, ${id}, 'k', 'v', 1, ${at});
       INSERT INTO session_data VALUES (${id}, ${id}, ${id}, 'k', 1, ${at});
       INSERT INTO session_replay VALUES (${id}, ${id}, ${id}, ${id}, 0, '\\x00', 1, ${at}, ${at}, ${at});
       INSERT INTO session_replay_saved VALUES (${id}, 'n', ${id}, ${id}, ${at});
       INSERT INTO website VALUES (${id}, 'site', ${at})`,
      [],
      asUmami,
    )
  }
  await database.query(
    `INSERT INTO session VALUES ('00000000-0000-4000-8000-000000000001', ${id}, 'b', ${OLD}), ('00000000-0000-4000-8000-000000000002', ${id}, 'b', ${OLD}),
       ('00000000-0000-4000-8000-000000000003', ${id}, 'b', ${AT_CUTOFF});
     INSERT INTO website_event VALUES (${id}, ${id}, '00000000-0000-4000-8000-000000000001', ${id}, ${OLD}, '/'),
       (${id}, ${id}, '00000000-0000-4000-8000-000000000002', ${id}, ${OLD}, '/'), (${id}, ${id}, '00000000-0000-4000-8000-000000000002', ${id}, ${AT_CUTOFF}, '/')`,
    [],
    asUmami,
  )
  expect(await run()).toEqual({
    session_replay: 1,
    session_replay_saved: 1,
    revenue: 1,
    event_data: 1,
    website_event: 2,
    session_data: 1,
    session: 1,
  })
  const sessions = await database.query<{ session_id: string }>(
    'SELECT session_id FROM session ORDER BY 1',
    [],
    asUmami,
  )
  expect(sessions.map((row) => row.session_id.slice(-1))).toEqual(['2', '3'])
  const websites = await database.query('SELECT 1 FROM website', [], asUmami)
  expect(websites).toHaveLength(2)
  expect(Object.values(await run()).every((count) => count === 0)).toBe(true)
})

it('works through more rows than one statement takes', async () => {
  const asUmami = { user: 'umami', password: 'umami' }
  await database.query(
    `INSERT INTO event_data SELECT ${id}, ${id}, ${id}, 'k', 'v', 1, ${OLD} FROM generate_series(1, 12001)`,
    [],
    asUmami,
  )
  expect(await run()).toMatchObject({ event_data: 12_001 })
})

it('refuses a schema name that is none', async () => {
  await expect(
    withConnection(
      { host: database.host, port: database.port, database: 'postgres', tls: false },
      { user: 'umami', password: 'umami' },
      (client) => deleteOlderThan(client, 'umami"; DROP SCHEMA umami', cutoff),
    ),
  ).rejects.toThrow('not a plain name')
})

import { createServer } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { startDatabase, type TestDatabase } from '../../test/database.ts'
import { type ResponseReceiver, receiveResponses } from '../../test/responses.ts'
import type { CustomResourceEvent } from '../shared/customResource.ts'
import type { Secrets } from '../shared/secrets.ts'
import { bootstrap } from './bootstrap.ts'
import { databaseBootstrap } from './index.ts'

let database: TestDatabase
let responses: ResponseReceiver
beforeAll(async () => {
  database = await startDatabase()
  responses = await receiveResponses(createServer)
  // An RDS administrator is no superuser, so neither is ours.
  await database.query(`CREATE ROLE rds_admin LOGIN CREATEDB CREATEROLE PASSWORD 'rds-password'`)
  await database.query('CREATE DATABASE app OWNER rds_admin')
  const admin = { database: 'app', user: 'rds_admin', password: 'rds-password' }
  await database.query(
    'CREATE SCHEMA shop; CREATE TABLE shop.orders (id int); INSERT INTO shop.orders VALUES (1); CREATE TABLE public.customers (id int)',
    [],
    admin,
  )
})
afterAll(async () => {
  await database?.stop()
  responses?.close()
})
beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
})

const admin = { user: 'rds_admin', password: 'rds-password' }
const address = () => ({ host: database.host, port: database.port, database: 'app', tls: false })
const umami = () => ({
  kind: 'schema' as const,
  name: 'umami',
  password: "p'w$1",
  address: address(),
  master: admin,
  extensions: ['pgcrypto'],
})

describe('bootstrap on a real server, as an administrator who is no superuser', () => {
  it('creates a role that owns its schema and can migrate as Umami does', async () => {
    const { before, after } = await bootstrap(umami())
    expect(before.maxConnections).toBe(60)
    expect(after.databaseBytes).toBeGreaterThan(0)
    const login = { database: 'app', user: 'umami', password: "p'w$1" }
    await database.query(
      'CREATE EXTENSION IF NOT EXISTS "pgcrypto"; CREATE TABLE website (id uuid DEFAULT gen_random_uuid())',
      [],
      login,
    )
    const [row] = await database.query<{ nspname: string }>(
      "SELECT nspname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE relname = 'website'",
      [],
      { database: 'app' },
    )
    expect(row?.nspname).toBe('umami')
  })

  it('isolates it: the application is out of reach, by the created role itself', async () => {
    const login = { database: 'app', user: 'umami', password: "p'w$1" }
    await expect(database.query('SELECT * FROM shop.orders', [], login)).rejects.toThrow(
      'permission denied for schema shop',
    )
    await expect(database.query('SELECT * FROM public.customers', [], login)).rejects.toThrow(
      'permission denied for table customers',
    )
    await expect(database.query('CREATE TABLE public.mine (id int)', [], login)).rejects.toThrow(
      'permission denied for schema public',
    )
    await expect(database.query('CREATE SCHEMA other', [], login)).rejects.toThrow(
      'permission denied for database app',
    )
    await expect(database.query('CREATE ROLE other', [], login)).rejects.toThrow('permission denied')
  })

  it('runs again without harm, and takes a new password', async () => {
    await bootstrap({ ...umami(), password: 'rotated' })
    await expect(
      database.query('SELECT 1', [], { database: 'app', user: 'umami', password: "p'w$1" }),
    ).rejects.toThrow('password authentication failed')
    const rows = await database.query<{ count: string }>('SELECT count(*) FROM website', [], {
      database: 'app',
      user: 'umami',
      password: 'rotated',
    })
    expect(rows).toHaveLength(1)
  })

  it('is safe when several run at once', async () => {
    const requests = Array.from({ length: 6 }, () => bootstrap({ ...umami(), name: 'together' }))
    await expect(Promise.all(requests)).resolves.toHaveLength(6)
  })

  it('refuses to finish while the role reaches the application, and names what it reaches', async () => {
    await database.query('GRANT USAGE ON SCHEMA shop TO PUBLIC; GRANT SELECT ON shop.orders TO PUBLIC', [], {
      database: 'app',
      ...admin,
    })
    await expect(bootstrap({ ...umami(), name: 'leaky' })).rejects.toThrow(
      'role leaky reaches 1 objects that are not its own: shop.orders',
    )
    await database.query(
      'REVOKE ALL ON shop.orders FROM PUBLIC; GRANT SELECT (id) ON shop.orders TO PUBLIC',
      [],
      { database: 'app', ...admin },
    )
    await expect(bootstrap({ ...umami(), name: 'leaky' })).rejects.toThrow('shop.orders')
    await database.query(
      'REVOKE SELECT (id) ON shop.orders FROM PUBLIC; REVOKE USAGE ON SCHEMA shop FROM PUBLIC',
      [],
      { database: 'app', ...admin },
    )
    await expect(bootstrap({ ...umami(), name: 'leaky' })).resolves.toBeDefined()
  })

  it('makes a database of its own for OpenReplay, which others cannot enter', async () => {
    const { address: own } = await bootstrap({
      ...umami(),
      kind: 'database',
      name: 'openreplay',
      extensions: ['pgcrypto', 'pg_trgm'],
    })
    expect(own.database).toBe('openreplay')
    const login = { database: 'openreplay', user: 'openreplay', password: "p'w$1" }
    const extensions = await database.query<{ extname: string }>(
      'SELECT extname FROM pg_extension ORDER BY 1',
      [],
      login,
    )
    expect(extensions.map(({ extname }) => extname)).toEqual(['pg_trgm', 'pgcrypto', 'plpgsql'])
    await database.query('CREATE TABLE public.sessions (id int)', [], login)
    await bootstrap({ ...umami(), kind: 'database', name: 'openreplay', extensions: ['pgcrypto', 'pg_trgm'] })
    await expect(
      database.query('SELECT 1', [], { ...login, user: 'umami', password: 'rotated' }),
    ).rejects.toThrow('permission denied for database "openreplay"')
  })

  it('refuses a name that is none', async () => {
    await expect(bootstrap({ ...umami(), name: 'umami"; DROP ROLE master' })).rejects.toThrow('must match')
  })
})

describe('the custom resource', () => {
  const store: Record<string, string> = {}
  const secrets: Secrets = {
    read: async (arn) => store[arn] ?? Promise.reject(new Error(`no secret ${arn}`)),
    write: async (arn, value) => {
      store[arn] = value
    },
  }
  const event = (
    over: Partial<CustomResourceEvent> = {},
    properties: Record<string, unknown> = {},
  ): CustomResourceEvent => ({
    RequestType: 'Create',
    ResponseURL: responses.url,
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'UmamiSchema',
    ResourceProperties: {
      Kind: 'schema',
      Name: 'fromcfn',
      Host: database.host,
      Port: String(database.port),
      Database: 'app',
      Tls: 'false',
      MasterSecretArn: 'master',
      ConnectionSecretArn: 'connection',
      Extensions: ['pgcrypto'],
      ...properties,
    },
    ...over,
  })
  const run = (what: CustomResourceEvent) =>
    databaseBootstrap(secrets)(what, { getRemainingTimeInMillis: () => 60_000 })

  beforeEach(() => {
    Object.assign(store, {
      master: JSON.stringify({ username: 'rds_admin', password: 'rds-password' }),
      connection: JSON.stringify({ username: 'fromcfn', password: 'secret' }),
    })
  })

  it('writes a connection string that logs in, and answers CloudFormation with the baseline', async () => {
    await run(event())
    await run(event({ RequestType: 'Update' }))
    const answer = responses.last()
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'observe-database-fromcfn' })
    expect(JSON.parse(answer.Data?.BaselineBefore ?? '')).toMatchObject({ maxConnections: 60 })
    const { url } = JSON.parse(store.connection ?? '') as { url: string }
    expect(url).toContain('schema=fromcfn')
    const parsed = new URL(url)
    const rows = await database.query('SELECT current_user', [], {
      database: 'app',
      user: parsed.username,
      password: decodeURIComponent(parsed.password),
    })
    expect(rows).toEqual([{ current_user: 'fromcfn' }])
  })

  it('says why when the master password is wrong', async () => {
    store.master = JSON.stringify({ username: 'rds_admin', password: 'wrong' })
    await run(event())
    expect(responses.last()).toMatchObject({ Status: 'FAILED' })
    expect(responses.last().Reason).toContain('cannot connect to app on 127.0.0.1')
    expect(responses.last().Reason).toContain('password authentication failed for user "rds_admin"')
    expect(responses.last().Reason).not.toContain('wrong')
  })

  it('says why when a property or secret is missing', async () => {
    await run(event({}, { Host: '' }))
    expect(responses.last().Reason).toBe('UmamiSchema: property Host is missing')
    store.connection = '{}'
    await run(event())
    expect(responses.last().Reason).toBe('UmamiSchema: the connection secret holds no password')
    await run(event({}, { MasterSecretArn: 'absent' }))
    expect(responses.last().Reason).toBe('UmamiSchema: no secret absent')
  })

  it('keeps the data when the stack is deleted', async () => {
    await run(event())
    await run(event({ RequestType: 'Delete', PhysicalResourceId: 'observe-database-fromcfn' }))
    expect(responses.last()).toMatchObject({ Status: 'SUCCESS' })
    const rows = await database.query("SELECT 1 FROM pg_namespace WHERE nspname = 'fromcfn'", [], {
      database: 'app',
    })
    expect(rows).toHaveLength(1)
  })
})

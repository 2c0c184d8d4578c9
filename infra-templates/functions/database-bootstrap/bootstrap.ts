import pg from 'pg'
import { type DatabaseAddress, type Login, withConnection } from '../shared/postgres.ts'
import { type Baseline, measureBaseline } from './baseline.ts'
import { reachableObjects } from './isolation.ts'

/** What to make in an existing PostgreSQL server. */
export interface BootstrapRequest {
  /** `schema`: one schema in the given database. `database`: a database of its own beside it. */
  kind: 'schema' | 'database'
  /** Name of the role and of its schema or database. */
  name: string
  password: string
  address: DatabaseAddress
  master: Login
  extensions: readonly string[]
}

/** What was made, and how the server did before and after. */
export interface BootstrapResult {
  address: DatabaseAddress
  before: Baseline
  after: Baseline
}

/** Any constant will do, as long as every bootstrap of a server takes the same lock. */
const LOCK = 7_316_420_915
const NAME = /^[a-z][a-z0-9_]{0,30}$/

const ensureRole = async (client: pg.Client, name: string, password: string): Promise<void> => {
  const role = pg.escapeIdentifier(name)
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name])
  if (!rowCount) await client.query(`CREATE ROLE ${role}`)
  await client.query(
    `ALTER ROLE ${role} LOGIN NOCREATEDB NOCREATEROLE CONNECTION LIMIT 60 PASSWORD ${pg.escapeLiteral(password)}`,
  )
  // RDS masters are no superusers: to create something owned by the role they must be a member of it.
  await client.query(`GRANT ${role} TO CURRENT_USER`)
}

const ensureSchema = async (client: pg.Client, name: string, database: string): Promise<void> => {
  const role = pg.escapeIdentifier(name)
  const db = pg.escapeIdentifier(database)
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${role} AUTHORIZATION ${role}`)
  await client.query(`GRANT CONNECT ON DATABASE ${db} TO ${role}`)
  await client.query(`ALTER ROLE ${role} IN DATABASE ${db} SET search_path = ${role}, public`)
}

const ensureDatabase = async (client: pg.Client, name: string): Promise<void> => {
  const role = pg.escapeIdentifier(name)
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
  if (!rowCount) await client.query(`CREATE DATABASE ${role} OWNER ${role}`)
  await client.query(`REVOKE CONNECT ON DATABASE ${role} FROM PUBLIC`)
}

const ensureExtensions = async (client: pg.Client, extensions: readonly string[]): Promise<void> => {
  for (const extension of extensions) {
    await client.query(`CREATE EXTENSION IF NOT EXISTS ${pg.escapeIdentifier(extension)}`)
  }
}

/**
 * Creates a role and its schema or database, idempotently and safely under concurrency, then proves as that role that
 * it reaches nothing else.
 *
 * @throws Error that lists the first reachable objects when the role is not isolated; nothing is rolled back then,
 * because a grant to PUBLIC is the application's to revoke.
 */
export const bootstrap = async (request: BootstrapRequest): Promise<BootstrapResult> => {
  const { kind, name, password, address, master, extensions } = request
  if (!NAME.test(name)) throw new Error(`name ${name} must match ${NAME.source}`)
  const own = kind === 'database' ? { ...address, database: name } : address

  const before = await withConnection(address, master, async (client) => {
    const baseline = await measureBaseline(client)
    await client.query('SELECT pg_advisory_lock($1)', [LOCK])
    await ensureRole(client, name, password)
    if (kind === 'schema') await ensureSchema(client, name, address.database)
    else await ensureDatabase(client, name)
    if (kind === 'schema') await ensureExtensions(client, extensions)
    return baseline
  })
  if (kind === 'database') {
    await withConnection(own, master, async (client) => {
      await client.query('SELECT pg_advisory_lock($1)', [LOCK])
      await ensureExtensions(client, extensions)
    })
  }

  const login = { user: name, password }
  const reachable = await withConnection(address, login, (client) =>
    reachableObjects(client, kind === 'schema' ? name : ''),
  )
  if (reachable.length > 0) {
    const some = reachable.slice(0, 5).join(', ')
    throw new Error(
      `role ${name} reaches ${reachable.length} objects that are not its own: ${some}. Revoke their grants to PUBLIC and deploy again.`,
    )
  }
  const after = await withConnection(address, master, measureBaseline)
  return { address: own, before, after }
}

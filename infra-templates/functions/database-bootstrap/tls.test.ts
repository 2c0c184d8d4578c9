import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeCertificate } from '../../test/certificates.ts'
import { startDatabase, type TestDatabase } from '../../test/database.ts'
import { type CustomResourceAnswer, type ResponseReceiver, receiveResponses } from '../../test/responses.ts'
import { infraRoot } from '../../test/root.ts'

let folder: string
let responses: ResponseReceiver
/** Its certificate is for `localhost`, the name that the function connects to. */
let database: TestDatabase
/** Its certificate is for another name. */
let impostor: TestDatabase
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'observe-tls-'))
  responses = await receiveResponses(createServer)
  const [own, foreign] = [makeCertificate('localhost'), makeCertificate('other.example.internal')]
  writeFileSync(join(folder, 'own.pem'), own.authority)
  writeFileSync(join(folder, 'foreign.pem'), foreign.authority)
  database = await startDatabase(own)
  await database.query(`CREATE ROLE rds_admin LOGIN CREATEDB CREATEROLE PASSWORD 'rds-password'`)
  await database.query('CREATE DATABASE app OWNER rds_admin')
  impostor = await startDatabase(foreign)
})
afterAll(async () => {
  await database?.stop()
  await impostor?.stop()
  responses?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Runs the handler as Lambda does: Node reads the bundle of authorities when it starts, so in a process of its own. */
const SCRIPT = `
import { databaseBootstrap } from './functions/database-bootstrap/index.ts'
const { event, store } = JSON.parse(process.env.INPUT)
const secrets = { read: async (arn) => store[arn], write: async (arn, value) => { store[arn] = value } }
await databaseBootstrap(secrets)(event, { getRemainingTimeInMillis: () => 60_000 })
process.stdout.write('\\n' + store.connection)`

const run = async (
  port: number,
  authorities: string,
  properties: Record<string, string> = {},
): Promise<{ answer: CustomResourceAnswer; connection: Record<string, string> }> => {
  const input = {
    store: {
      master: JSON.stringify({ username: 'rds_admin', password: 'rds-password' }),
      connection: JSON.stringify({ username: 'umami', password: 'secret' }),
    },
    event: {
      RequestType: 'Create',
      ResponseURL: responses.url,
      StackId: 'stack',
      RequestId: 'request',
      LogicalResourceId: 'UmamiSchema',
      ResourceProperties: {
        Kind: 'schema',
        Name: 'umami',
        Host: 'localhost',
        Port: String(port),
        Database: 'app',
        MasterSecretArn: 'master',
        ConnectionSecretArn: 'connection',
        Extensions: ['pgcrypto'],
        ...properties,
      },
    },
  }
  const { stdout } = await promisify(execFile)(
    'node',
    ['--import', 'tsx', '--input-type=module', '-e', SCRIPT],
    {
      cwd: infraRoot,
      env: { ...process.env, NODE_EXTRA_CA_CERTS: join(folder, authorities), INPUT: JSON.stringify(input) },
    },
  )
  return { answer: responses.last(), connection: JSON.parse(stdout.split('\n').at(-1) ?? '') }
}

describe('a server that refuses connections without TLS, as RDS does', () => {
  it('is connected to when an authority in NODE_EXTRA_CA_CERTS signed its certificate', async () => {
    const { answer, connection } = await run(database.port, 'own.pem')
    expect(answer).toMatchObject({ Status: 'SUCCESS' })
    // The string that Umami gets, read by Umami's driver: encrypted too, without a bundle of its own.
    const client = new pg.Client({ connectionString: connection.url?.replace('schema=umami&', '') })
    await client.connect()
    try {
      const { rows } = await client.query(
        'SELECT current_user, ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()',
      )
      expect(rows).toEqual([{ current_user: 'umami', ssl: true }])
    } finally {
      await client.end()
    }
  })

  it('is refused when another authority did, and the stack says which bundle lacks it', async () => {
    const { answer } = await run(database.port, 'foreign.pem')
    expect(answer.Status).toBe('FAILED')
    expect(answer.Reason).toMatch(
      /^UmamiSchema: cannot connect to app on localhost:\d+ as rds_admin: .*certificate/,
    )
    expect(answer.Reason).toContain('no authority in NODE_EXTRA_CA_CERTS signed it')
  })

  it('is refused when its certificate is for another name', async () => {
    const { answer } = await run(impostor.port, 'foreign.pem')
    expect(answer.Status).toBe('FAILED')
    expect(answer.Reason).toContain("does not match certificate's altnames")
  })

  it('refuses us without TLS', async () => {
    const { answer } = await run(database.port, 'own.pem', { Tls: 'false' })
    expect(answer.Status).toBe('FAILED')
    expect(answer.Reason).toContain('no pg_hba.conf entry')
  })
})

import { log } from '../shared/log.ts'
import { withConnection } from '../shared/postgres.ts'
import { setting } from '../shared/properties.ts'
import { secretsManager } from '../shared/secrets.ts'
import { deleteFromClickHouse } from './clickHouse.ts'
import { deleteSessions } from './deleteSessions.ts'

/** Runs daily: the rows of a session go when its recording has gone (S3 expires that by itself). */
export const handler = async (): Promise<void> => {
  const secrets = secretsManager()
  const cutoff = new Date(Date.now() - Number(setting('RETENTION_DAYS')) * 86_400_000)
  const secret = JSON.parse(await secrets.read(setting('CONNECTION_SECRET_ARN'))) as Record<string, string>
  const { host = '', port, database = '', username = '', password = '' } = secret
  const sessions = await withConnection(
    { host, port: Number(port), database, tls: process.env.DATABASE_TLS !== 'false' },
    { user: username, password },
    (client) => deleteSessions(client, cutoff),
  )
  const clickHousePassword = await secrets.read(setting('CLICKHOUSE_SECRET_ARN'))
  await deleteFromClickHouse(
    { url: setting('CLICKHOUSE_URL'), user: 'openreplay', password: clickHousePassword },
    cutoff,
  )
  log('info', 'replay retention', { cutoff: cutoff.toISOString(), sessions })
}

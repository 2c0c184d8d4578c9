import { log } from '../shared/log.ts'
import { withConnection } from '../shared/postgres.ts'
import { setting } from '../shared/properties.ts'
import { secretsManager } from '../shared/secrets.ts'
import { deleteOlderThan } from './deleteOlderThan.ts'

/** Runs daily: deletes analytics older than `RETENTION_DAYS`. A repeated run deletes nothing more. */
export const handler = async (): Promise<Record<string, number>> => {
  const secret = JSON.parse(await secretsManager().read(setting('CONNECTION_SECRET_ARN'))) as Record<
    string,
    string
  >
  const { host = '', port, database = '', username = '', password = '' } = secret
  const cutoff = new Date(Date.now() - Number(setting('RETENTION_DAYS')) * 86_400_000)
  const deleted = await withConnection(
    { host, port: Number(port), database, tls: process.env.DATABASE_TLS !== 'false' },
    { user: username, password },
    (client) => deleteOlderThan(client, 'umami', cutoff),
  )
  log('info', 'analytics retention', { cutoff: cutoff.toISOString(), deleted })
  return deleted
}

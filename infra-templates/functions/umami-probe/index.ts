import { setting } from '../shared/properties.ts'
import { secretsManager } from '../shared/secrets.ts'
import { umamiClient } from '../umami-first-run/umamiClient.ts'
import { probeDocument } from './probeDocument.ts'

/**
 * Logs the viewer in, which reads Umami's database: `/api/heartbeat` answers 200 with the database gone. Emits one EMF
 * metric that the stack alarms on.
 */
export const handler = async (): Promise<void> => {
  const secrets = secretsManager()
  const headers = {
    'x-observe-app': 'umami',
    'x-observe-origin': await secrets.read(setting('ORIGIN_SECRET_ARN')),
  }
  const password = await secrets.read(setting('VIEWER_SECRET_ARN'))
  const startedAt = Date.now()
  const answer = await umamiClient(setting('BASE_URL'), headers)('POST', '/api/auth/login', {
    username: 'viewer',
    password,
  }).catch(() => undefined)
  const document = probeDocument(
    setting('OBSERVE_ENVIRONMENT'),
    answer?.status === 200,
    Date.now() - startedAt,
  )
  process.stdout.write(`${JSON.stringify(document)}\n`)
}

import type { Envelope } from '@acme/observe-schema/types'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
export const handler = async (event: APIGatewayProxyEventV2) => {
  const envelope = JSON.parse(event.body ?? '{}') as Envelope
  const shared = {
    source: 'browser',
    app: envelope.app.name,
    sessionId: envelope.session.id,
    batchId: envelope.batchId,
    deviceType: envelope.client.deviceType,
  }
  for (const one of envelope.events) {
    const e = {
      eventType: one.type,
      eventId: one.id,
      eventTime: new Date(one.at).toISOString(),
      pagePath: one.page.path,
      pageRoute: one.page.route,
    }
    if (one.type === 'web-vital') {
      write({
        _aws: {
          Timestamp: Date.now(),
          CloudWatchMetrics: [
            {
              Namespace: 'Observe/test',
              Dimensions: [['app'], ['app', 'deviceType']],
              Metrics: [{ Name: one.name, Unit: one.name === 'CLS' ? 'None' : 'Milliseconds' }],
            },
          ],
        },
        level: 'INFO',
        message: 'web vitals',
        ...shared,
        eventType: 'web-vital',
        pagePath: one.page.path,
        route: one.page.route,
        [one.name]: one.value,
        eventIds: { [one.name]: one.id },
      })
    } else if (one.type === 'error') {
      write({
        _aws: {
          Timestamp: Date.now(),
          CloudWatchMetrics: [
            {
              Namespace: 'Observe/test',
              Dimensions: [['app']],
              Metrics: [{ Name: 'BrowserErrors', Unit: 'Count' }],
            },
          ],
        },
        level: 'ERROR',
        ...shared,
        ...e,
        message: `${one.name}: ${one.message}`,
        fingerprint: one.fingerprint,
        error: { ...one },
        breadcrumbs: one.breadcrumbs,
        BrowserErrors: one.count,
      })
    } else
      write({ level: 'INFO', message: one.type, ...shared, ...e, ...('name' in one && { name: one.name }) })
  }
  return { statusCode: 202, body: JSON.stringify({ accepted: envelope.events.length, rejected: [] }) }
}
const write = (document: object) =>
  process.stdout.write(`${JSON.stringify({ timestamp: new Date().toISOString(), ...document })}\n`)

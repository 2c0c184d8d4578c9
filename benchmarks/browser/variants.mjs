import { join } from 'node:path'

const folder = join(import.meta.dirname, 'variants')

const COLLECTOR = '/receive/collector'
const UMAMI = '/api/send'
const OPENREPLAY = ['/ingest/v1/web/start', '/ingest/v1/web/i']

/**
 * What is compared, in the order of the table. A variant without an entry is the page with nothing but its own script.
 * `reaches` is what it must have sent to, or it was not at work and is not measured.
 */
export const VARIANTS = [
  { name: 'none', title: 'page with its own script', reaches: [] },
  { name: 'core', title: 'observe: core', reaches: [COLLECTOR] },
  { name: 'core-umami', title: 'observe: core + Umami', reaches: [COLLECTOR, UMAMI] },
  { name: 'all', title: 'observe: all, with OpenReplay', reaches: [COLLECTOR, UMAMI, ...OPENREPLAY] },
  { name: 'sentry', title: 'Sentry: errors', reaches: ['/api/1/envelope/'] },
  { name: 'sentry-tracing', title: 'Sentry: errors + tracing', reaches: ['/api/1/envelope/'] },
  { name: 'faro', title: 'Grafana Faro', reaches: ['/receive/faro'] },
  { name: 'openreplay', title: 'OpenReplay tracker, eager', reaches: OPENREPLAY },
].map((variant) => ({
  ...variant,
  ...(variant.name !== 'none' && { entry: join(folder, `${variant.name}.mjs`) }),
}))

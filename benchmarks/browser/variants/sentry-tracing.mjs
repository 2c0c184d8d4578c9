import { browserTracingIntegration, init } from '@sentry/browser'

init({
  dsn: `${location.protocol}//key@${location.host}/1`,
  release: '1',
  environment: 'production',
  integrations: [browserTracingIntegration()],
  tracesSampleRate: 1,
})

import { getWebInstrumentations, initializeFaro } from '@grafana/faro-web-sdk'

initializeFaro({
  url: '/receive/faro',
  app: { name: 'shop', version: '1', environment: 'production' },
  instrumentations: getWebInstrumentations(),
})

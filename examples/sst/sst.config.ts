/** The release to run. Changing this line is the upgrade. */
const OBSERVE_TEMPLATE = 'https://my-artifacts.s3.amazonaws.com/observe/1.0.0.yaml'

export default $config({
  app: ({ stage }) => ({
    name: 'shop',
    home: 'aws',
    removal: stage === 'production' ? 'retain' : 'remove',
    protect: stage === 'production',
  }),
  async run() {
    const { deployObserve } = await import('./infra/observe.ts')
    const observe = deployObserve({
      templateUrl: OBSERVE_TEMPLATE,
      parameters: {
        Environment: $app.stage === 'production' ? 'prod' : 'dev',
        AllowedOrigins: 'https://shop.example.com',
        WebsiteDomain: 'shop.example.com',
        AdminCidrs: '203.0.113.0/24',
        AlertEmail: 'observability@example.com',
      },
      tags: { Project: 'observe', Environment: $app.stage, CostCenter: 'shop', Owner: 'platform-team' },
    })
    const api = new sst.aws.Function('Api', {
      handler: 'api/orders.handler',
      url: true,
      environment: { OBSERVE_ENVIRONMENT: $app.stage === 'production' ? 'prod' : 'dev' },
    })
    const web = new sst.aws.StaticSite('Web', {
      path: 'web',
      build: { command: 'npm run build', output: 'dist' },
      environment: {
        VITE_API_URL: api.url,
        VITE_OBSERVE_COLLECTOR: observe.collectorEndpoint,
        VITE_OBSERVE_INGEST: observe.ingestPoint,
        VITE_OBSERVE_UMAMI_HOST: observe.umamiHost,
        VITE_OBSERVE_UMAMI_WEBSITE: observe.umamiWebsiteId,
      },
    })
    return { site: web.url, grafana: observe.grafanaUrl }
  },
})

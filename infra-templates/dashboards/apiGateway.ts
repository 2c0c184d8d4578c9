import { dashboard, lines, type ObserveDashboard } from './panels.ts'
import { metric, search } from './queries.ts'

const AWS = 'AWS/ApiGateway'
const API = { ApiId: '__API_ID__' }
const ROUTE = ['ApiId', 'Method', 'Resource', 'Stage']
const THIS_API = 'ApiId="__API_ID__"'

/** Story 2.3, API Gateway: traffic, latency and errors, by route and method (detailed metrics must be on). */
export const apiGateway = (): ObserveDashboard => ({
  folderUid: 'application',
  dashboard: dashboard(
    'observe-api-gateway',
    'API Gateway',
    "Count, latency and errors of the application's HTTP API, by route and method.",
  )
    .withPanel(
      lines('Requests', 'All requests of the API.', 'short', [
        metric('A', AWS, 'Count', 'Sum', API, 'requests'),
      ]),
    )
    .withPanel(
      lines('Latency p50, p95, p99', 'From the request reaching API Gateway to its answer leaving.', 'ms', [
        metric('A', AWS, 'Latency', 'p50', API, 'p50'),
        metric('B', AWS, 'Latency', 'p95', API, 'p95'),
        metric('C', AWS, 'Latency', 'p99', API, 'p99'),
      ]),
    )
    .withPanel(
      lines('4xx and 5xx', 'Refused by us (4xx) and failed (5xx).', 'short', [
        metric('A', AWS, '4xx', 'Sum', API, '4xx'),
        metric('B', AWS, '5xx', 'Sum', API, '5xx'),
      ]),
    )
    .withPanel(
      lines(
        'Latency outside the function, p95',
        'Latency less the integration: what API Gateway itself adds.',
        'ms',
        [
          metric('A', AWS, 'Latency', 'p95', API, 'latency'),
          metric('B', AWS, 'IntegrationLatency', 'p95', API, 'integration'),
        ],
      ),
    )
    .withPanel(
      lines('Requests by route', 'One line per method and route.', 'short', [
        search('A', AWS, ROUTE, 'Count', 'Sum', 'Resource', THIS_API),
      ]),
    )
    .withPanel(
      lines('Latency p95 by route', 'One line per method and route.', 'ms', [
        search('A', AWS, ROUTE, 'Latency', 'p95', 'Resource', THIS_API),
      ]),
    )
    .withPanel(
      lines('4xx by route', 'One line per method and route.', 'short', [
        search('A', AWS, ROUTE, '4xx', 'Sum', 'Resource', THIS_API),
      ]),
    )
    .withPanel(
      lines('5xx by route', 'One line per method and route.', 'short', [
        search('A', AWS, ROUTE, '5xx', 'Sum', 'Resource', THIS_API),
      ]),
    ),
})

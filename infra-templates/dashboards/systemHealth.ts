import { dashboard, lines, type ObserveDashboard } from './panels.ts'
import { metric, NAMESPACE, search } from './queries.ts'

const DATABASE = { __DATABASE_DIMENSION__: '__DATABASE_ID__' }
const BUCKET = { BucketName: '__RECORDINGS_BUCKET__' }
const SERVICES = ['umami', 'openreplay', 'openreplay-workers', 'clickhouse'] as const
const REF_IDS = ['A', 'B', 'C', 'D'] as const

const perService = (name: string, statistic: string) =>
  SERVICES.map((ServiceName, index) =>
    metric(
      REF_IDS[index] ?? 'A',
      'AWS/ECS',
      name,
      statistic,
      { ClusterName: '__CLUSTER__', ServiceName },
      ServiceName,
    ),
  )

/** Story 2.3, system health: what the tools run on. */
export const systemHealth = (): ObserveDashboard => ({
  folderUid: 'infrastructure',
  dashboard: dashboard(
    'observe-system-health',
    'System health',
    'Database, recordings, tasks and file system that the tools run on.',
  )
    .time({ from: 'now-24h', to: 'now' })
    .withPanel(
      lines('Database connections', 'Open connections. db.t4g.micro takes about 80.', 'short', [
        metric('A', 'AWS/RDS', 'DatabaseConnections', 'Maximum', DATABASE, 'connections'),
      ]),
    )
    .withPanel(
      lines(
        'Database CPU',
        'Compare with the baseline that the bootstrap function recorded before the first deployment.',
        'percent',
        [metric('A', 'AWS/RDS', 'CPUUtilization', 'Average', DATABASE, 'CPU')],
      ),
    )
    .withPanel(
      lines('Recordings stored', 'Size of the recordings bucket, counted once a day.', 'bytes', [
        metric(
          'A',
          'AWS/S3',
          'BucketSizeBytes',
          'Average',
          { ...BUCKET, StorageType: 'IntelligentTieringFAStorage' },
          'recordings',
        ),
      ]),
    )
    .withPanel(
      lines(
        'Recording requests',
        'Reads and writes of the recordings bucket, and those that failed.',
        'short',
        [
          metric('A', 'AWS/S3', 'PutRequests', 'Sum', { ...BUCKET, FilterId: 'EntireBucket' }, 'put'),
          metric('B', 'AWS/S3', 'GetRequests', 'Sum', { ...BUCKET, FilterId: 'EntireBucket' }, 'get'),
          metric('C', 'AWS/S3', '4xxErrors', 'Sum', { ...BUCKET, FilterId: 'EntireBucket' }, '4xx'),
        ],
      ),
    )
    .withPanel(
      lines(
        'Task CPU',
        'Share of the CPU each service has.',
        'percent',
        perService('CPUUtilization', 'Average'),
      ),
    )
    .withPanel(
      lines(
        'Task memory',
        'Share of the memory each service has. A service at 100 % is killed.',
        'percent',
        perService('MemoryUtilization', 'Maximum'),
      ),
    )
    .withPanel(
      lines('Healthy tasks', 'Tasks that the load balancer sends requests to.', 'short', [
        search(
          'A',
          'AWS/ApplicationELB',
          ['LoadBalancer', 'TargetGroup'],
          'HealthyHostCount',
          'Minimum',
          'TargetGroup',
          'LoadBalancer="__LOAD_BALANCER__"',
        ),
      ]),
    )
    .withPanel(
      lines(
        'Umami reachable',
        '1 when a login through the database worked, by the probe every five minutes.',
        'short',
        [metric('A', NAMESPACE, 'Reachable', 'Minimum', { Service: 'umami' }, 'umami')],
      ),
    )
    .withPanel(
      lines('ClickHouse file system', 'Bytes read and written.', 'bytes', [
        metric('A', 'AWS/EFS', 'DataReadIOBytes', 'Sum', { FileSystemId: '__FILE_SYSTEM_ID__' }, 'read'),
        metric('B', 'AWS/EFS', 'DataWriteIOBytes', 'Sum', { FileSystemId: '__FILE_SYSTEM_ID__' }, 'written'),
      ]),
    )
    .withPanel(
      lines('Collector', 'Batches received, and those that failed.', 'short', [
        metric('A', 'AWS/ApiGateway', 'Count', 'Sum', { ApiId: '__COLLECTOR_API_ID__' }, 'batches'),
        metric('B', 'AWS/ApiGateway', '5xx', 'Sum', { ApiId: '__COLLECTOR_API_ID__' }, '5xx'),
      ]),
    ),
})

import { createServer } from 'node:http'
import { pathToFileURL } from 'node:url'
import { GrafanaClient } from '@aws-sdk/client-grafana'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { readTemplate } from '../../templates/readTemplates.ts'
import { type GrafanaServer, startGrafana } from '../../test/grafanaServer.ts'
import { type ResponseReceiver, receiveResponses } from '../../test/responses.ts'
import { infraRoot } from '../../test/root.ts'
import { grafanaProvision } from './index.ts'

let grafana: GrafanaServer
let responses: ResponseReceiver
beforeEach(async () => {
  grafana = await startGrafana()
  responses = await receiveResponses(createServer)
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
})
afterEach(() => {
  grafana.close()
  responses.close()
})

/** Every token that the template gives, with a value that is easy to find again. */
const tokens = (): Record<string, string> => {
  const { template } = readTemplate('stacks/grafana.yaml')
  const names = Object.keys(template.Resources.Content?.Properties?.Tokens as object)
  return Object.fromEntries(names.map((name) => [name, `value-of-${name.toLowerCase()}`]))
}

const PEOPLE = {
  AdminUserIds: 'u-1',
  AdminGroupIds: '',
  EditorUserIds: '',
  EditorGroupIds: 'g-eng',
  ViewerUserIds: 'u-2',
  ViewerGroupIds: 'g-product,g-cs',
}

const run = async (
  properties: Record<string, unknown> = {},
  type: 'Create' | 'Update' | 'Delete' = 'Create',
  before?: Record<string, unknown>,
) => {
  const client = new GrafanaClient({
    endpoint: grafana.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  })
  await grafanaProvision({
    grafana: client,
    dashboards: pathToFileURL(`${infraRoot}build/functions/grafana-provision/dashboards/`),
    retryMs: 1,
  })(
    {
      RequestType: type,
      ResponseURL: responses.url,
      StackId: 's',
      RequestId: 'r',
      LogicalResourceId: 'Content',
      PhysicalResourceId: 'grafana-content-g-1',
      ResourceProperties: {
        WorkspaceId: 'g-1',
        Endpoint: grafana.url,
        Region: 'us-east-1',
        Namespace: 'Observe/prod',
        OpenSearchUrl: 'https://search.example.com',
        IndexPrefix: 'observe-logs',
        Organisation: 'Shop',
        Timezone: 'utc',
        ...PEOPLE,
        Tokens: tokens(),
        ...properties,
      },
      ...(before && { OldResourceProperties: before }),
    },
    { getRemainingTimeInMillis: () => 60_000 },
  )
  return responses.last()
}

const content = (): string =>
  JSON.stringify([
    [...grafana.sources],
    [...grafana.folders],
    [...grafana.folderPermissions],
    [...grafana.dashboards],
    grafana.teams,
    [...grafana.roles],
  ])

it('provisions sources, folders, dashboards, teams and permissions, and leaves no service account', async () => {
  expect(await run()).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'grafana-content-g-1' })
  expect(grafana.sources.get('cloudwatch')).toMatchObject({
    isDefault: true,
    jsonData: {
      authType: 'ec2_iam_role',
      defaultRegion: 'us-east-1',
      customMetricsNamespaces: 'Observe/prod',
    },
  })
  expect(grafana.sources.get('opensearch')).toMatchObject({
    jsonData: { sigV4Auth: true, timeField: '@timestamp', database: 'observe-logs-*' },
  })
  expect([...grafana.folders.values()]).toEqual(['Infrastructure', 'Application', 'Frontend'])
  expect(grafana.dashboards.size).toBe(9)
  expect(grafana.teams).toEqual([
    { name: 'Product', home: 'observe-web-vitals' },
    { name: 'Engineering', home: 'observe-lambda' },
    { name: 'Customer Service', home: 'observe-logs' },
  ])
  expect([grafana.organisation, grafana.preferences.timezone]).toEqual(['Shop', 'utc'])
  expect([grafana.accounts.size, grafana.tokens.size]).toEqual([0, 0])
})

it('lets every viewer see every folder and every editor change it: teams are empty until somebody fills them', async () => {
  await run()
  for (const uid of ['infrastructure', 'application', 'frontend']) {
    expect(grafana.folderPermissions.get(uid), uid).toEqual([
      { role: 'Viewer', permission: 1 },
      { role: 'Editor', permission: 2 },
    ])
  }
})

const rolesNow = (): Record<string, string> =>
  Object.fromEntries([...grafana.roles].map(([id, { role, type }]) => [id, `${type} ${role}`]))

it('assigns people and groups their roles', async () => {
  await run()
  expect(rolesNow()).toEqual({
    'u-1': 'SSO_USER ADMIN',
    'g-eng': 'SSO_GROUP EDITOR',
    'u-2': 'SSO_USER VIEWER',
    'g-product': 'SSO_GROUP VIEWER',
    'g-cs': 'SSO_GROUP VIEWER',
  })
  grafana.faults.refuseUser = 'u-3'
  expect((await run({ AdminUserIds: 'u-1,u-3' }, 'Update', PEOPLE)).Reason).toBe(
    'Content: Managed Grafana refused to give ADMIN to u-3: user does not exist',
  )
})

it('changes a role, takes back what it gave, and leaves what somebody else gave', async () => {
  await run()
  grafana.roles.set('u-console', { role: 'EDITOR', type: 'SSO_USER' })
  const next = { EditorUserIds: 'u-2', ViewerUserIds: 'u-2', ViewerGroupIds: 'g-product' }
  expect(await run(next, 'Update', PEOPLE)).toMatchObject({ Status: 'SUCCESS' })
  expect(rolesNow()).toEqual({
    'u-1': 'SSO_USER ADMIN',
    'g-eng': 'SSO_GROUP EDITOR',
    'u-2': 'SSO_USER EDITOR',
    'g-product': 'SSO_GROUP VIEWER',
    'u-console': 'SSO_USER EDITOR',
  })
})

it('changes nothing the second time', async () => {
  await run()
  const before = content()
  expect(await run({}, 'Update')).toMatchObject({ Status: 'SUCCESS' })
  expect(content()).toBe(before)
})

it('removes what a killed run left behind', async () => {
  grafana.accounts.set('77', 'observe-provisioning')
  grafana.accounts.set('78', 'somebody else')
  expect(await run()).toMatchObject({ Status: 'SUCCESS' })
  expect([...grafana.accounts.values()]).toEqual(['somebody else'])
})

it('waits for a workspace that is not up yet, and not for ever', async () => {
  grafana.faults.unavailable = 4
  expect(await run()).toMatchObject({ Status: 'SUCCESS' })
  grafana.faults.unavailable = 1_000
  expect((await run({}, 'Update')).Reason).toContain('Grafana failed at PUT /api/org: 502')
  expect(grafana.accounts.size).toBe(0)
})

it('asks every data source once, as a dashboard would', async () => {
  await run()
  expect(grafana.queried).toEqual(['cloudwatch', 'logs StartQuery', 'logs GetQueryResults', 'opensearch'])
})

it.each([
  ['CloudWatch', 'cloudwatch', 'AccessDenied: not authorized to perform cloudwatch:GetMetricData'],
  ['CloudWatch Logs Insights', 'logs', 'AccessDeniedException: not authorized to perform logs:StartQuery'],
  ['OpenSearch', 'opensearch', 'User is not authorized to perform: es:ESHttpPost'],
])('fails the stack with the reason when the test query is refused: %s', async (name, key, error) => {
  grafana.faults.queryErrors.set(key, { error, times: 1_000 })
  const answer = await run()
  expect(answer.Status).toBe('FAILED')
  expect(answer.Reason).toContain(`the test query against ${name} failed: ${error}`)
  expect(grafana.accounts.size).toBe(0)
})

it('waits for permissions that are not everywhere yet', async () => {
  for (const key of ['cloudwatch', 'logs', 'opensearch'])
    grafana.faults.queryErrors.set(key, { error: 'AccessDenied', times: 4 })
  expect(await run()).toMatchObject({ Status: 'SUCCESS' })
})

it('waits for permissions of its own that are not everywhere yet, and not for ever', async () => {
  grafana.faults.accessDenied = 4
  expect(await run()).toMatchObject({ Status: 'SUCCESS' })
  grafana.faults.accessDenied = 1_000
  expect((await run({}, 'Update')).Reason).toContain('not authorized to perform: grafana:')
})

it('takes a domain without an index for one that works: nothing may have been logged yet', async () => {
  grafana.faults.queryErrors.set('opensearch', {
    error: 'index_not_found_exception: no such index [observe-logs-*]',
    times: 1_000,
  })
  expect(await run()).toMatchObject({ Status: 'SUCCESS' })
})

it('waits until the OpenSearch plugin is there, and not for ever', async () => {
  grafana.faults.pluginPolls = 20
  expect(await run()).toMatchObject({ Status: 'SUCCESS' })
  expect(grafana.sources.has('opensearch')).toBe(true)
  const installations = () => grafana.requests.filter(({ path }) => path.endsWith('/install')).length
  await run({}, 'Update')
  expect(installations()).toBe(1)
  grafana.plugins.clear()
  grafana.faults.pluginPolls = 10_000
  const answer = await run({}, 'Update')
  expect(answer.Reason).toMatch(/the plugin grafana-opensearch-datasource is still missing \d+ s after/)
  expect(grafana.accounts.size).toBe(0)
})

it('provisions no OpenSearch where there is none', async () => {
  await run({ OpenSearchUrl: '' })
  expect([...grafana.sources.keys()]).toEqual(['cloudwatch'])
  expect(grafana.dashboards.has('observe-log-search')).toBe(false)
  expect(grafana.plugins.size).toBe(0)
})

it('fills every name into the dashboards, and says which one is missing', async () => {
  await run()
  expect(JSON.stringify([...grafana.dashboards])).not.toMatch(/__[A-Z_]+__/)
  const { NAMESPACE: _, ...rest } = tokens()
  expect((await run({ Tokens: rest }, 'Update')).Reason).toMatch(
    /dashboard observe-[\w-]+\.json needs a value for NAMESPACE/,
  )
})

it('leaves the content to the workspace when the stack is deleted', async () => {
  expect(await run({}, 'Delete')).toMatchObject({ Status: 'SUCCESS' })
  expect(grafana.requests).toEqual([])
})

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

const run = async (
  properties: Record<string, unknown> = {},
  type: 'Create' | 'Update' | 'Delete' = 'Create',
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
        AdminUserIds: ['u-1'],
        AdminGroupIds: [''],
        EditorGroupIds: ['g-eng'],
        ViewerGroupIds: ['g-product', 'g-cs'],
        Tokens: tokens(),
        ...properties,
      },
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
  expect(grafana.teams).toEqual(['Product', 'Engineering', 'Customer Service'])
  expect(grafana.folderPermissions.get('infrastructure')).toEqual([{ teamId: 2, permission: 2 }])
  expect(grafana.folderPermissions.get('frontend')).toHaveLength(3)
  expect([grafana.organisation, grafana.preferences.timezone]).toEqual(['Shop', 'utc'])
  expect([grafana.accounts.size, grafana.tokens.size]).toEqual([0, 0])
})

it('assigns people and groups their roles', async () => {
  await run()
  expect(grafana.permissions).toEqual([
    { action: 'ADD', role: 'ADMIN', users: [{ id: 'u-1', type: 'SSO_USER' }] },
    { action: 'ADD', role: 'EDITOR', users: [{ id: 'g-eng', type: 'SSO_GROUP' }] },
    {
      action: 'ADD',
      role: 'VIEWER',
      users: [
        { id: 'g-product', type: 'SSO_GROUP' },
        { id: 'g-cs', type: 'SSO_GROUP' },
      ],
    },
  ])
  grafana.faults.refuseUser = 'u-1'
  expect((await run({}, 'Update')).Reason).toBe(
    'Content: Managed Grafana refused to assign ADMIN to u-1: user does not exist',
  )
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

it('fails the stack with the reason when the test query is refused', async () => {
  grafana.faults.queryError = 'AccessDenied: not authorized to perform cloudwatch:GetMetricData'
  const answer = await run()
  expect(answer.Status).toBe('FAILED')
  expect(answer.Reason).toContain('the test query against CloudWatch failed: AccessDenied')
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

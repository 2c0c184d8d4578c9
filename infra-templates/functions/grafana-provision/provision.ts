import { type DataSource, type DataSourceSettings, dataSources } from './dataSources.ts'
import { FOLDERS, TEAMS } from './folders.ts'
import type { GrafanaCall } from './grafanaClient.ts'

/** A dashboard as JSON, and the folder it belongs to. */
export interface ProvisionedDashboard {
  folderUid: string
  dashboard: Record<string, unknown>
}

/** What a workspace shall hold. */
export interface Provisioning {
  settings: DataSourceSettings
  dashboards: readonly ProvisionedDashboard[]
  organisation: string
  timezone: string
}

const PLUGIN = 'grafana-opensearch-datasource'

const saveDataSource = async (call: GrafanaCall, source: DataSource): Promise<void> => {
  const created = await call('POST', '/api/datasources', source, [409])
  if (created.status === 409) await call('PUT', `/api/datasources/uid/${source.uid}`, source)
}

const saveFolder = async (call: GrafanaCall, uid: string, title: string): Promise<void> => {
  const created = await call('POST', '/api/folders', { uid, title }, [409, 412])
  if (created.status !== 200) await call('PUT', `/api/folders/${uid}`, { title, overwrite: true })
}

const ensureTeams = async (call: GrafanaCall): Promise<Map<string, number>> => {
  const ids = new Map<string, number>()
  for (const name of TEAMS) {
    const { body } = await call('GET', `/api/teams/search?name=${encodeURIComponent(name)}`)
    const found = (body as { teams: { id: number; name: string }[] }).teams.find((team) => team.name === name)
    const created = found ?? ((await call('POST', '/api/teams', { name })).body as { teamId: number })
    ids.set(name, 'teamId' in created ? created.teamId : created.id)
  }
  return ids
}

const setPermissions = async (call: GrafanaCall, teams: ReadonlyMap<string, number>): Promise<void> => {
  for (const { uid, permissions } of FOLDERS) {
    const items = Object.entries(permissions).map(([team, permission]) => ({
      teamId: teams.get(team),
      permission,
    }))
    // Naming no role takes away what every viewer and editor has by default.
    await call('POST', `/api/folders/${uid}/permissions`, { items })
  }
}

/** Runs one real query as a dashboard would: a data source that saves is not yet one that may read. */
const testQuery = async (call: GrafanaCall, region: string): Promise<void> => {
  const query = {
    refId: 'A',
    datasource: { type: 'cloudwatch', uid: 'cloudwatch' },
    queryMode: 'Metrics',
    metricQueryType: 0,
    metricEditorMode: 0,
    region,
    namespace: 'AWS/Lambda',
    metricName: 'Invocations',
    dimensions: {},
    matchExact: true,
    statistic: 'Sum',
    period: '300',
    id: 'a',
    expression: '',
  }
  const body = { queries: [query], from: 'now-1h', to: 'now' }
  const answer = await call('POST', '/api/ds/query', body, [400])
  const result = (answer.body as { results?: { A?: { error?: string; frames?: unknown[] } } }).results?.A
  if (answer.status !== 200 || result?.error || !result?.frames) {
    const reason = result?.error ?? JSON.stringify(answer.body).slice(0, 300)
    throw new Error(`the test query against CloudWatch failed: ${reason}. Check the workspace role's policy.`)
  }
}

/**
 * Makes the workspace's content what this release says: data sources, folders, dashboards, teams, permissions and
 * organisation settings, then proves the default data source by a query. Idempotent.
 */
export const provision = async (call: GrafanaCall, provisioning: Provisioning): Promise<void> => {
  const { settings, dashboards, organisation, timezone } = provisioning
  await call('PUT', '/api/org', { name: organisation })
  if (settings.openSearchUrl) await call('POST', `/api/plugins/${PLUGIN}/install`, {}, [409])
  for (const source of dataSources(settings)) await saveDataSource(call, source)
  for (const { uid, title } of FOLDERS) await saveFolder(call, uid, title)
  for (const { folderUid, dashboard } of dashboards) {
    await call('POST', '/api/dashboards/db', {
      dashboard,
      folderUid,
      overwrite: true,
      message: 'Observe release',
    })
  }
  await setPermissions(call, await ensureTeams(call))
  await call('PUT', '/api/org/preferences', { timezone, homeDashboardUID: 'observe-web-vitals' })
  await testQuery(call, settings.region)
}

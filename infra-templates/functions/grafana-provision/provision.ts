import { type DataSource, type DataSourceSettings, dataSources } from './dataSources.ts'
import { FOLDER_PERMISSIONS, FOLDERS, TEAMS } from './folders.ts'
import type { GrafanaCall } from './grafanaClient.ts'
import { ensurePlugin } from './plugin.ts'
import { type TestLogGroup, testQueries } from './testQueries.ts'

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
  testLogGroup: TestLogGroup
  /** First wait before something is tried again. */
  retryMs: number
}

const PLUGIN = 'grafana-opensearch-datasource'

const saveDataSource = async (call: GrafanaCall, source: DataSource): Promise<void> => {
  const created = await call('POST', '/api/datasources', source, [409])
  if (created.status === 409) await call('PUT', `/api/datasources/uid/${source.uid}`, source)
}

const saveFolder = async (call: GrafanaCall, uid: string, title: string): Promise<void> => {
  const created = await call('POST', '/api/folders', { uid, title }, [409, 412])
  if (created.status !== 200) await call('PUT', `/api/folders/${uid}`, { title, overwrite: true })
  await call('POST', `/api/folders/${uid}/permissions`, { items: FOLDER_PERMISSIONS })
}

const saveTeam = async (call: GrafanaCall, name: string, home: string): Promise<void> => {
  const { body } = await call('GET', `/api/teams/search?name=${encodeURIComponent(name)}`)
  const found = (body as { teams: { id: number; name: string }[] }).teams.find((team) => team.name === name)
  const id = found?.id ?? ((await call('POST', '/api/teams', { name })).body as { teamId: number }).teamId
  await call('PUT', `/api/teams/${id}/preferences`, { homeDashboardUID: home })
}

/**
 * Makes the workspace's content what this release says: data sources, folders with their permissions, dashboards, teams
 * and organisation settings, then proves every data source by a query. Idempotent.
 */
export const provision = async (call: GrafanaCall, provisioning: Provisioning): Promise<void> => {
  const { settings, dashboards, organisation, timezone, testLogGroup, retryMs } = provisioning
  const { region, openSearchUrl } = settings
  await call('PUT', '/api/org', { name: organisation })
  if (openSearchUrl) await ensurePlugin(call, PLUGIN, retryMs)
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
  for (const { name, home } of TEAMS) await saveTeam(call, name, home)
  await call('PUT', '/api/org/preferences', { timezone, homeDashboardUID: 'observe-web-vitals' })
  await testQueries(call, { region, logGroup: testLogGroup, hasOpenSearch: Boolean(openSearchUrl), retryMs })
}

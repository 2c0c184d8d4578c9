import { GrafanaClient } from '@aws-sdk/client-grafana'
import { customResource } from '../shared/customResource.ts'
import { property, setting } from '../shared/properties.ts'
import { readDashboards } from './dashboards.ts'
import { grafanaClient } from './grafanaClient.ts'
import { provision } from './provision.ts'
import { assignRoles, withServiceAccount } from './workspace.ts'

const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String).filter(Boolean) : [])
const record = (value: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries((value ?? {}) as object).map(([key, text]) => [key, String(text)]))

/** What the function reaches; a test passes its own. */
export interface GrafanaProvisionSeams {
  grafana: GrafanaClient
  dashboards: URL
  retryMs: number
}

/** The custom resource behind `Custom::GrafanaProvision`. */
export const grafanaProvision = (seams: GrafanaProvisionSeams): ReturnType<typeof customResource> =>
  customResource(async ({ RequestType, ResourceProperties: given }) => {
    const workspaceId = property(given, 'WorkspaceId')
    const result = { physicalId: `grafana-content-${workspaceId}` }
    // The content goes with the workspace.
    if (RequestType === 'Delete') return result
    const openSearchUrl = typeof given.OpenSearchUrl === 'string' ? given.OpenSearchUrl : ''
    const dashboards = await readDashboards(seams.dashboards, record(given.Tokens))
    const { grafana } = seams
    await assignRoles(grafana, workspaceId, {
      adminUsers: list(given.AdminUserIds),
      adminGroups: list(given.AdminGroupIds),
      editorGroups: list(given.EditorGroupIds),
      viewerGroups: list(given.ViewerGroupIds),
    })
    await withServiceAccount(grafana, workspaceId, (token) =>
      provision(grafanaClient(property(given, 'Endpoint'), token, seams.retryMs), {
        settings: {
          region: property(given, 'Region'),
          namespace: property(given, 'Namespace'),
          indexPrefix: property(given, 'IndexPrefix'),
          ...(openSearchUrl && { openSearchUrl }),
        },
        // A dashboard that reads OpenSearch is of no use without it.
        dashboards: dashboards.filter(
          ({ dashboard }) => openSearchUrl || dashboard.uid !== 'observe-log-search',
        ),
        organisation: property(given, 'Organisation'),
        timezone: property(given, 'Timezone'),
      }),
    )
    return result
  })

export const handler: ReturnType<typeof customResource> = (event, context) =>
  grafanaProvision({
    grafana: new GrafanaClient({ region: setting('AWS_REGION') }),
    dashboards: new URL('./dashboards/', import.meta.url),
    retryMs: 2_000,
  })(event, context)

import { GrafanaClient } from '@aws-sdk/client-grafana'
import { customResource } from '../shared/customResource.ts'
import { property, setting } from '../shared/properties.ts'
import { readDashboards } from './dashboards.ts'
import { grafanaClient } from './grafanaClient.ts'
import { provision } from './provision.ts'
import { retryDenied } from './retryDenied.ts'
import { assignRoles, type RoleAssignments } from './roles.ts'
import { withServiceAccount } from './workspace.ts'

const ids = (value: unknown): string[] =>
  String(value ?? '')
    .split(',')
    .filter(Boolean)
const assignments = (given: Record<string, unknown>): RoleAssignments => ({
  ADMIN: { users: ids(given.AdminUserIds), groups: ids(given.AdminGroupIds) },
  EDITOR: { users: ids(given.EditorUserIds), groups: ids(given.EditorGroupIds) },
  VIEWER: { users: ids(given.ViewerUserIds), groups: ids(given.ViewerGroupIds) },
})
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
  customResource(async ({ RequestType, ResourceProperties: given, OldResourceProperties: before }) => {
    const workspaceId = property(given, 'WorkspaceId')
    const result = { physicalId: `grafana-content-${workspaceId}` }
    // The content goes with the workspace.
    if (RequestType === 'Delete') return result
    const openSearchUrl = typeof given.OpenSearchUrl === 'string' ? given.OpenSearchUrl : ''
    const tokens = record(given.Tokens)
    const dashboards = await readDashboards(seams.dashboards, tokens)
    const { grafana } = seams
    retryDenied(grafana, seams.retryMs)
    await assignRoles(grafana, workspaceId, assignments(given), assignments(before ?? {}))
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
        testLogGroup: {
          name: property(tokens, 'COLLECTOR_LOG_GROUP'),
          arn: property(tokens, 'COLLECTOR_LOG_ARN'),
        },
        retryMs: seams.retryMs,
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

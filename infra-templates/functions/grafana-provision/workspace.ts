import {
  CreateWorkspaceServiceAccountCommand,
  CreateWorkspaceServiceAccountTokenCommand,
  DeleteWorkspaceServiceAccountCommand,
  type GrafanaClient,
  ListWorkspaceServiceAccountsCommand,
  UpdatePermissionsCommand,
} from '@aws-sdk/client-grafana'

const ACCOUNT_NAME = 'observe-provisioning'
const TOKEN_SECONDS = 900

/** People and groups of IAM Identity Center, by role. */
export interface RoleAssignments {
  adminUsers: readonly string[]
  adminGroups: readonly string[]
  editorGroups: readonly string[]
  viewerGroups: readonly string[]
}

const removeAccounts = async (grafana: GrafanaClient, workspaceId: string): Promise<void> => {
  let nextToken: string | undefined
  do {
    const page = await grafana.send(new ListWorkspaceServiceAccountsCommand({ workspaceId, nextToken }))
    for (const { id: serviceAccountId, name } of page.serviceAccounts ?? []) {
      if (name !== ACCOUNT_NAME) continue
      await grafana.send(new DeleteWorkspaceServiceAccountCommand({ workspaceId, serviceAccountId }))
    }
    nextToken = page.nextToken
  } while (nextToken)
}

/**
 * Runs `work` with the token of a service account that exists only meanwhile: each one bills as a user of the month.
 * One left behind by a run that was killed is removed first.
 */
export const withServiceAccount = async (
  grafana: GrafanaClient,
  workspaceId: string,
  work: (token: string) => Promise<void>,
): Promise<void> => {
  await removeAccounts(grafana, workspaceId)
  const account = await grafana.send(
    new CreateWorkspaceServiceAccountCommand({ workspaceId, name: ACCOUNT_NAME, grafanaRole: 'ADMIN' }),
  )
  try {
    const token = await grafana.send(
      new CreateWorkspaceServiceAccountTokenCommand({
        workspaceId,
        serviceAccountId: account.id,
        name: ACCOUNT_NAME,
        secondsToLive: TOKEN_SECONDS,
      }),
    )
    const key = token.serviceAccountToken?.key
    if (!key) throw new Error('Managed Grafana returned no token')
    await work(key)
  } finally {
    await removeAccounts(grafana, workspaceId)
  }
}

/** Gives people and groups their roles. @throws Error with the first reason when Managed Grafana refuses one. */
export const assignRoles = async (
  grafana: GrafanaClient,
  workspaceId: string,
  { adminUsers, adminGroups, editorGroups, viewerGroups }: RoleAssignments,
): Promise<void> => {
  const batch = (['ADMIN', 'EDITOR', 'VIEWER'] as const)
    .map((role) => ({
      action: 'ADD' as const,
      role,
      users: [
        ...(role === 'ADMIN' ? adminUsers : []).map((id) => ({ id, type: 'SSO_USER' as const })),
        ...{ ADMIN: adminGroups, EDITOR: editorGroups, VIEWER: viewerGroups }[role].map((id) => ({
          id,
          type: 'SSO_GROUP' as const,
        })),
      ],
    }))
    .filter(({ users }) => users.length > 0)
  if (batch.length === 0) return
  const { errors = [] } = await grafana.send(
    new UpdatePermissionsCommand({ workspaceId, updateInstructionBatch: batch }),
  )
  const first = errors[0]
  if (first) {
    const who = first.causedBy?.users?.map((user) => user.id).join(', ')
    throw new Error(`Managed Grafana refused to assign ${first.causedBy?.role} to ${who}: ${first.message}`)
  }
}

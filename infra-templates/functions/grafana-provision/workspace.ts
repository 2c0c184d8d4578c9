import {
  CreateWorkspaceServiceAccountCommand,
  CreateWorkspaceServiceAccountTokenCommand,
  DeleteWorkspaceServiceAccountCommand,
  type GrafanaClient,
  ListWorkspaceServiceAccountsCommand,
} from '@aws-sdk/client-grafana'

const ACCOUNT_NAME = 'observe-provisioning'
const TOKEN_SECONDS = 900

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

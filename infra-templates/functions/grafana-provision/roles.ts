import { type GrafanaClient, ListPermissionsCommand, UpdatePermissionsCommand } from '@aws-sdk/client-grafana'

/** Roles of a workspace, the strongest first: who is named under two of them gets the first. */
const ROLES = ['ADMIN', 'EDITOR', 'VIEWER'] as const
type Role = (typeof ROLES)[number]
type MemberType = 'SSO_USER' | 'SSO_GROUP'

/** Ids of people and groups in IAM Identity Center, by role. */
export type RoleAssignments = Readonly<Record<Role, { users: readonly string[]; groups: readonly string[] }>>

interface Member {
  id: string
  type: MemberType
  role: Role
}

const membersOf = (assignments: RoleAssignments): Map<string, Member> => {
  const members = new Map<string, Member>()
  for (const role of ROLES) {
    const { users, groups } = assignments[role]
    const named = [
      ...users.map((id) => ({ id, type: 'SSO_USER' as const, role })),
      ...groups.map((id) => ({ id, type: 'SSO_GROUP' as const, role })),
    ]
    for (const member of named) if (!members.has(member.id)) members.set(member.id, member)
  }
  return members
}

const currentRoles = async (grafana: GrafanaClient, workspaceId: string): Promise<Map<string, Member>> => {
  const held = new Map<string, Member>()
  let nextToken: string | undefined
  do {
    const page = await grafana.send(new ListPermissionsCommand({ workspaceId, nextToken }))
    for (const { role, user } of page.permissions ?? [])
      if (user?.id) held.set(user.id, { id: user.id, type: user.type as MemberType, role: role as Role })
    nextToken = page.nextToken
  } while (nextToken)
  return held
}

const update = async (
  grafana: GrafanaClient,
  workspaceId: string,
  action: 'ADD' | 'REVOKE',
  members: readonly Member[],
): Promise<void> => {
  const updateInstructionBatch = ROLES.map((role) => ({
    action,
    role,
    users: members.filter((member) => member.role === role).map(({ id, type }) => ({ id, type })),
  })).filter(({ users }) => users.length > 0)
  if (updateInstructionBatch.length === 0) return
  const { errors = [] } = await grafana.send(
    new UpdatePermissionsCommand({ workspaceId, updateInstructionBatch }),
  )
  const [first] = errors
  if (!first) return
  const who = first.causedBy?.users?.map((user) => user.id).join(', ')
  const verb = action === 'ADD' ? 'give' : 'take'
  throw new Error(
    `Managed Grafana refused to ${verb} ${first.causedBy?.role} ${action === 'ADD' ? 'to' : 'from'} ${who}: ${first.message}`,
  )
}

/**
 * Gives people and groups the roles of `wanted`, and takes back those of `before` that are no longer in it. Roles that
 * somebody else gave, in the console for example, stay.
 *
 * @throws Error with the first reason when Managed Grafana refuses one.
 */
export const assignRoles = async (
  grafana: GrafanaClient,
  workspaceId: string,
  wanted: RoleAssignments,
  before: RoleAssignments,
): Promise<void> => {
  const [next, last] = [membersOf(wanted), membersOf(before)]
  // A workspace with SAML takes roles from the assertion, and has no such list.
  if (next.size === 0 && last.size === 0) return
  const held = await currentRoles(grafana, workspaceId)
  const outdated = [...held.values()].filter(({ id, role }) => {
    const now = next.get(id)
    return now ? now.role !== role : last.has(id)
  })
  await update(grafana, workspaceId, 'REVOKE', outdated)
  const missing = [...next.values()].filter(({ id, role }) => held.get(id)?.role !== role)
  await update(grafana, workspaceId, 'ADD', missing)
}

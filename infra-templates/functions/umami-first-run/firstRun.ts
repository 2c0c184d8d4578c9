import { setTimeout as sleep } from 'node:timers/promises'
import type { UmamiAnswer, UmamiCall } from './umamiClient.ts'

/** What a new Umami shall hold. */
export interface FirstRunRequest {
  adminPassword: string
  viewerPassword: string
  websiteId: string
  websiteName: string
  websiteDomain: string
  teamName: string
  /** How long to wait for Umami to answer at all, in milliseconds. */
  waitMs: number
}

/** Umami's documented first account. */
const DEFAULT_LOGIN = { username: 'admin', password: 'umami' }
const VIEWER = 'viewer'

const failure = (what: string, { status, body }: UmamiAnswer): Error =>
  new Error(`Umami refused to ${what}: ${status} ${JSON.stringify(body).slice(0, 200)}`)

const waitUntilUp = async (call: UmamiCall, waitMs: number): Promise<void> => {
  const deadline = Date.now() + waitMs
  for (;;) {
    const up = await call('GET', '/api/heartbeat').catch(() => undefined)
    if (up?.status === 200) return
    if (Date.now() > deadline) throw new Error(`Umami did not answer within ${waitMs / 1000} s`)
    await sleep(Math.min(3_000, waitMs / 5))
  }
}

const login = async (call: UmamiCall, username: string, password: string): Promise<string | undefined> => {
  const answer = await call('POST', '/api/auth/login', { username, password })
  if (answer.status === 401) return undefined
  if (answer.status !== 200) throw failure(`log ${username} in`, answer)
  return (answer.body as { token: string }).token
}

/** Logs in with our password; on a fresh instance sets it first, in place of the public default. */
const adminToken = async (call: UmamiCall, password: string): Promise<string> => {
  const own = await login(call, DEFAULT_LOGIN.username, password)
  if (own) return own
  const first = await login(call, DEFAULT_LOGIN.username, DEFAULT_LOGIN.password)
  if (!first) {
    throw new Error(
      'Umami takes neither its default password nor the one in the admin secret; put the current one there. If an ' +
        'earlier attempt in your own database took the secret with it, give admin its default password and deploy ' +
        `again: UPDATE umami."user" SET password = crypt('umami', gen_salt('bf')) WHERE username = 'admin'`,
    )
  }
  const passwords = { currentPassword: DEFAULT_LOGIN.password, newPassword: password }
  const changed = await call('POST', '/api/me/password', passwords, first)
  if (changed.status !== 200) throw failure('change the default password', changed)
  const token = await login(call, DEFAULT_LOGIN.username, password)
  if (!token) throw new Error('Umami accepted the new admin password and then refused it')
  return token
}

interface Page<T> {
  data: T[]
}

const ensureTeam = async (call: UmamiCall, token: string, name: string): Promise<string> => {
  const teams = await call('GET', '/api/teams?pageSize=200', undefined, token)
  if (teams.status !== 200) throw failure('list teams', teams)
  const found = (teams.body as Page<{ id: string; name: string }>).data.find((team) => team.name === name)
  if (found) return found.id
  const created = await call('POST', '/api/teams', { name }, token)
  if (created.status !== 200) throw failure('create the team', created)
  return teamIdOf(created.body)
}

/** Umami 3.1 answers the team, or the pair of team and membership its transaction made. */
const teamIdOf = (body: unknown): string => {
  const team = (Array.isArray(body) ? body[0] : body) as { id?: string } | undefined
  if (!team?.id) throw new Error(`Umami answered no team id: ${JSON.stringify(body).slice(0, 200)}`)
  return team.id
}

const ensureWebsite = async (
  call: UmamiCall,
  token: string,
  request: FirstRunRequest,
  teamId: string,
): Promise<void> => {
  const { websiteId: id, websiteName: name, websiteDomain: domain } = request
  const found = await call('GET', `/api/websites/${id}`, undefined, token)
  const website = found.status === 200 ? (found.body as { teamId?: string } | null) : null
  if (!website) {
    const created = await call('POST', '/api/websites', { id, name, domain, teamId }, token)
    if (created.status !== 200) throw failure('create the website', created)
  } else if (website.teamId !== teamId) {
    const moved = await call('POST', `/api/websites/${id}/transfer`, { teamId }, token)
    if (moved.status !== 200) throw failure('give the website to the team', moved)
  }
}

const ensureViewer = async (call: UmamiCall, token: string, password: string): Promise<string> => {
  const users = await call('GET', `/api/admin/users?search=${VIEWER}&pageSize=200`, undefined, token)
  if (users.status !== 200) throw failure('list users', users)
  const found = (users.body as Page<{ id: string; username: string }>).data.find(
    (user) => user.username === VIEWER,
  )
  const body = { username: VIEWER, password, role: 'view-only' }
  const saved = await call('POST', found ? `/api/users/${found.id}` : '/api/users', body, token)
  if (saved.status !== 200) throw failure('save the viewer', saved)
  return (saved.body as { id: string }).id
}

const ensureMember = async (
  call: UmamiCall,
  token: string,
  teamId: string,
  userId: string,
): Promise<void> => {
  const members = await call('GET', `/api/teams/${teamId}/users?pageSize=200`, undefined, token)
  if (members.status !== 200) throw failure('list team members', members)
  if ((members.body as Page<{ userId: string }>).data.some((member) => member.userId === userId)) return
  const added = await call('POST', `/api/teams/${teamId}/users`, { userId, role: 'team-view-only' }, token)
  if (added.status !== 200) throw failure('add the viewer to the team', added)
}

/**
 * Makes a new Umami usable and safe: the public default password is replaced, the website exists under the id that the
 * applications are built with, and a viewer sees it (a view-only user sees nothing without a team). Idempotent.
 */
export const firstRun = async (call: UmamiCall, request: FirstRunRequest): Promise<void> => {
  await waitUntilUp(call, request.waitMs)
  const token = await adminToken(call, request.adminPassword)
  const teamId = await ensureTeam(call, token, request.teamName)
  await ensureWebsite(call, token, request, teamId)
  await ensureMember(call, token, teamId, await ensureViewer(call, token, request.viewerPassword))
}

import { randomUUID } from 'node:crypto'
import { type Answer, type ReceivedRequest, type StrictServer, startServer } from './strictServer.ts'

interface User {
  id: string
  username: string
  password: string
  role: string
}

/** Umami 3.1's accounts, teams and websites in memory, with its statuses, limits and permissions. */
export interface UmamiServer extends StrictServer {
  users: User[]
  teams: { id: string; name: string; members: { userId: string; role: string }[] }[]
  websites: { id: string; name: string; domain: string; userId: string | null; teamId: string | null }[]
  down: number
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const page = <T>(data: T[]): Answer => ({
  status: 200,
  body: { data, count: data.length, page: 1, pageSize: 200 },
})
const bad = (message: string): Answer => ({
  status: 400,
  body: { error: { message, code: 'bad-request', status: 400 } },
})
const denied: Answer = {
  status: 401,
  body: { error: { message: 'Unauthorized', code: 'unauthorized', status: 401 } },
}

/** Starts a fresh Umami: only `admin` with the password that everyone knows. */
export const startUmami = async (): Promise<UmamiServer> => {
  const state: Pick<UmamiServer, 'users' | 'teams' | 'websites' | 'down'> = {
    users: [
      { id: '41e2b680-648e-4b09-bcd7-3e2b10c06264', username: 'admin', password: 'umami', role: 'admin' },
    ],
    teams: [],
    websites: [],
    down: 0,
  }
  const handle = (request: ReceivedRequest): Answer => {
    const { method, path, headers } = request
    if (headers['x-observe-origin'] !== 'origin-secret' || headers['x-observe-app'] !== 'umami') {
      return { status: 403, body: 'Requests come through CloudFront.' }
    }
    if (state.down > 0) {
      state.down -= 1
      return { status: 503, body: '<html>503 Service Temporarily Unavailable</html>' }
    }
    const route = `${method} ${path}`
    const body = request.body ? (JSON.parse(request.body) as Record<string, string>) : {}
    if (route === 'GET /api/heartbeat') return { status: 200, body: { ok: true } }
    if (route === 'POST /api/auth/login') {
      const user = state.users.find(
        ({ username, password }) => username === body.username && password === body.password,
      )
      return user ? { status: 200, body: { token: `token-${user.id}`, user } } : denied
    }
    const me = state.users.find(({ id }) => headers.authorization === `Bearer token-${id}`)
    if (!me) return denied
    if (route === 'POST /api/me/password') {
      if (body.currentPassword !== me.password) return bad('Current password is incorrect')
      if ((body.newPassword ?? '').length < 8) return bad('too short')
      me.password = body.newPassword ?? ''
      return { status: 200, body: me }
    }
    if (route === 'GET /api/teams')
      return page(state.teams.filter(({ members }) => members.some(({ userId }) => userId === me.id)))
    if (route === 'POST /api/teams') {
      if (!body.name || body.name.length > 50) return bad('name')
      const team = { id: randomUUID(), name: body.name, members: [{ userId: me.id, role: 'team-owner' }] }
      state.teams.push(team)
      return { status: 200, body: [team, { teamId: team.id, userId: me.id }] }
    }
    const website = /^\/api\/websites\/([^/]+)(\/transfer)?$/.exec(path)
    if (website) {
      const found = state.websites.find(({ id }) => id === website[1])
      if (method === 'GET') return { status: 200, body: found ?? 'null' }
      if (!found) return denied
      found.teamId = body.teamId ?? null
      found.userId = null
      return { status: 200, body: found }
    }
    if (route === 'POST /api/websites') {
      if (!UUID.test(body.id ?? '') || !body.name || body.name.length > 100 || !body.domain)
        return bad('schema')
      if (state.websites.some(({ id }) => id === body.id)) return { status: 500, body: 'unique constraint' }
      const made = {
        id: body.id ?? '',
        name: body.name,
        domain: body.domain,
        teamId: body.teamId ?? null,
        userId: body.teamId ? null : me.id,
      }
      state.websites.push(made)
      return { status: 200, body: made }
    }
    if (route === 'GET /api/admin/users')
      return me.role === 'admin' ? page(state.users.map(({ password: _, ...user }) => user)) : denied
    const user = /^\/api\/users\/([^/]+)$/.exec(path)
    if (route === 'POST /api/users' || (user && method === 'POST')) {
      if ((body.password ?? '').length < 8 || !['admin', 'user', 'view-only'].includes(body.role ?? ''))
        return bad('schema')
      const existing = state.users.find(
        ({ id, username }) => id === user?.[1] || (!user && username === body.username),
      )
      if (!user && existing) return bad('User already exists')
      const saved = existing ?? { id: randomUUID(), username: body.username ?? '', password: '', role: '' }
      Object.assign(saved, { password: body.password, role: body.role })
      if (!existing) state.users.push(saved)
      return { status: 200, body: saved }
    }
    const members = /^\/api\/teams\/([^/]+)\/users$/.exec(path)
    const team = state.teams.find(({ id }) => id === members?.[1])
    if (team && method === 'GET') return page(team.members)
    if (team && method === 'POST') {
      if (team.members.some(({ userId }) => userId === body.userId))
        return bad('User is already a member of the Team.')
      team.members.push({ userId: body.userId ?? '', role: body.role ?? '' })
      return { status: 200, body: {} }
    }
    return { status: 404, body: 'no such route' }
  }
  return Object.assign(state, await startServer(handle))
}

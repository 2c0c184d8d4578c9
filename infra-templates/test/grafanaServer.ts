import { type Answer, type StrictServer, startServer } from './strictServer.ts'

/** Managed Grafana's control plane and one workspace's HTTP API, in memory, with Grafana's conflicts. */
export interface GrafanaServer extends StrictServer {
  accounts: Map<string, string>
  tokens: Map<string, string>
  plugins: Set<string>
  sources: Map<string, Record<string, unknown>>
  folders: Map<string, string>
  folderPermissions: Map<string, { teamId: number; permission: number }[]>
  dashboards: Map<string, { folderUid: string; dashboard: Record<string, unknown> }>
  teams: string[]
  organisation: string
  preferences: Record<string, unknown>
  permissions: { role: string; users: { id: string; type: string }[] }[]
  /** How the test makes it misbehave. */
  faults: { unavailable: number; queryError: string; refuseUser: string }
}

/** Starts it on a free loopback port. */
export const startGrafana = async (): Promise<GrafanaServer> => {
  const state: Omit<GrafanaServer, keyof StrictServer> = {
    accounts: new Map(),
    tokens: new Map(),
    plugins: new Set(),
    sources: new Map(),
    folders: new Map(),
    folderPermissions: new Map(),
    dashboards: new Map(),
    teams: [],
    organisation: 'Main Org.',
    preferences: {},
    permissions: [],
    faults: { unavailable: 0, queryError: '', refuseUser: '' },
  }
  let next = 1
  const control = (method: string, path: string, body: Record<string, unknown>): Answer => {
    const [, account, token] = /^\/workspaces\/g-1\/serviceaccounts(?:\/(\w+))?(\/tokens)?$/.exec(path) ?? []
    if (path === '/workspaces/g-1/permissions' && method === 'PATCH') {
      const errors: object[] = []
      for (const instruction of body.updateInstructionBatch as GrafanaServer['permissions']) {
        const refused = instruction.users.filter(({ id }) => id === state.faults.refuseUser)
        if (refused.length > 0)
          errors.push({
            code: 404,
            message: 'user does not exist',
            causedBy: { ...instruction, users: refused },
          })
        else state.permissions.push(instruction)
      }
      return { status: 200, body: { errors } }
    }
    if (!path.startsWith('/workspaces/g-1/serviceaccounts')) return { status: 404, body: { message: path } }
    if (method === 'GET') {
      return {
        status: 200,
        body: {
          workspaceId: 'g-1',
          serviceAccounts: [...state.accounts].map(([id, name]) => ({
            id,
            name,
            grafanaRole: 'ADMIN',
            isDisabled: 'false',
          })),
        },
      }
    }
    if (method === 'POST' && token && account) {
      const key = `glsa_${next++}`
      state.tokens.set(key, account)
      return {
        status: 200,
        body: {
          workspaceId: 'g-1',
          serviceAccountId: account,
          serviceAccountToken: { id: '1', name: body.name, key },
        },
      }
    }
    if (method === 'POST') {
      if ([...state.accounts.values()].includes(String(body.name)))
        return { status: 409, body: { message: 'name is taken' } }
      const id = String(next++)
      state.accounts.set(id, String(body.name))
      return { status: 200, body: { id, name: body.name, grafanaRole: body.grafanaRole, workspaceId: 'g-1' } }
    }
    state.accounts.delete(account ?? '')
    for (const [key, owner] of state.tokens) if (owner === account) state.tokens.delete(key)
    return { status: 200, body: { workspaceId: 'g-1', serviceAccountId: account } }
  }
  const api = (
    method: string,
    path: string,
    query: URLSearchParams,
    body: Record<string, unknown>,
  ): Answer => {
    const route = `${method} ${path}`
    if (route === 'PUT /api/org') {
      state.organisation = String(body.name)
      return { status: 200 }
    }
    if (route === 'PUT /api/org/preferences') {
      state.preferences = body
      return { status: 200 }
    }
    const plugin = /^\/api\/plugins\/([\w-]+)\/install$/.exec(path)?.[1]
    if (plugin) {
      if (state.plugins.has(plugin)) return { status: 409, body: { message: 'Plugin already installed' } }
      state.plugins.add(plugin)
      return { status: 200 }
    }
    if (route === 'POST /api/datasources') {
      if (state.sources.has(String(body.uid)))
        return { status: 409, body: { message: 'data source with the same name already exists' } }
      if (body.type === 'grafana-opensearch-datasource' && !state.plugins.has(body.type))
        return { status: 400, body: { message: 'plugin not found' } }
      state.sources.set(String(body.uid), body)
      return { status: 200 }
    }
    const source = /^\/api\/datasources\/uid\/([\w-]+)$/.exec(path)?.[1]
    if (source && method === 'PUT') {
      if (!state.sources.has(source)) return { status: 404 }
      state.sources.set(source, body)
      return { status: 200 }
    }
    if (route === 'POST /api/folders') {
      if (state.folders.has(String(body.uid)))
        return {
          status: 412,
          body: { message: 'a folder with the same uid already exists', status: 'version-mismatch' },
        }
      state.folders.set(String(body.uid), String(body.title))
      return { status: 200 }
    }
    const permissions = /^\/api\/folders\/([\w-]+)\/permissions$/.exec(path)?.[1]
    if (permissions && method === 'POST') {
      const items = body.items as { teamId: number; permission: number }[]
      if (items.some(({ teamId }) => !state.teams[teamId - 1]))
        return { status: 400, body: { message: 'team not found' } }
      state.folderPermissions.set(permissions, items)
      return { status: 200 }
    }
    const folder = /^\/api\/folders\/([\w-]+)$/.exec(path)?.[1]
    if (folder && method === 'PUT') {
      if (!body.overwrite)
        return { status: 412, body: { message: 'the folder has been changed by someone else' } }
      state.folders.set(folder, String(body.title))
      return { status: 200 }
    }
    if (route === 'POST /api/dashboards/db') {
      const dashboard = body.dashboard as Record<string, unknown>
      const uid = String(dashboard.uid)
      if (!state.folders.has(String(body.folderUid)))
        return { status: 400, body: { message: 'folder not found' } }
      if (state.dashboards.has(uid) && !body.overwrite)
        return { status: 412, body: { status: 'version-mismatch' } }
      if (typeof dashboard.id === 'number') return { status: 404, body: { message: 'Dashboard not found' } }
      state.dashboards.set(uid, { folderUid: String(body.folderUid), dashboard })
      return { status: 200, body: { uid, status: 'success' } }
    }
    if (route === 'GET /api/teams/search') {
      const teams = state.teams
        .map((name, index) => ({ id: index + 1, name }))
        .filter(({ name }) => name === query.get('name'))
      return { status: 200, body: { teams, totalCount: teams.length } }
    }
    if (route === 'POST /api/teams') {
      if (state.teams.includes(String(body.name)))
        return { status: 409, body: { message: 'Team name taken' } }
      state.teams.push(String(body.name))
      return { status: 200, body: { teamId: state.teams.length } }
    }
    if (route === 'POST /api/ds/query') {
      const { error, frames } = state.faults.queryError
        ? { error: state.faults.queryError, frames: undefined }
        : { error: undefined, frames: [] }
      return {
        status: error ? 400 : 200,
        body: { results: { A: { status: error ? 400 : 200, error, frames } } },
      }
    }
    return { status: 404, body: { message: `no route ${route}` } }
  }
  const server = await startServer(({ method, path, query, headers, body: text }) => {
    const body = text ? (JSON.parse(text) as Record<string, unknown>) : {}
    if (path.startsWith('/workspaces/')) return control(method, path, body)
    if (state.faults.unavailable > 0) {
      state.faults.unavailable -= 1
      return { status: 502, body: '<html>Bad Gateway</html>' }
    }
    const token = String(headers.authorization).replace('Bearer ', '')
    if (!state.tokens.has(token)) return { status: 401, body: { message: 'Invalid API key' } }
    return api(method, path, query, body)
  })
  return Object.assign(state, server)
}

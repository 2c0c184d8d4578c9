import { type Answer, type StrictServer, startServer } from './strictServer.ts'

/** One line of a folder's permissions: a role or a team, and 1 (view), 2 (edit) or 4 (administer). */
interface FolderPermission {
  role?: string
  teamId?: number
  permission: number
}

/** Managed Grafana's control plane and one workspace's HTTP API, in memory, with Grafana's conflicts. */
export interface GrafanaServer extends StrictServer {
  accounts: Map<string, string>
  tokens: Map<string, string>
  plugins: Set<string>
  sources: Map<string, Record<string, unknown>>
  folders: Map<string, string>
  folderPermissions: Map<string, FolderPermission[]>
  dashboards: Map<string, { folderUid: string; dashboard: Record<string, unknown> }>
  teams: { name: string; home?: string }[]
  organisation: string
  preferences: Record<string, unknown>
  /** Who has which role; nobody has two. */
  roles: Map<string, { role: string; type: string }>
  /** Data sources that were asked something, in order, and answered. */
  queried: string[]
  /** How the test makes it misbehave. */
  faults: {
    unavailable: number
    /** How many requests to AWS's own API are refused, as while a new role is not everywhere yet. */
    accessDenied: number
    /** Answers of the plugin list between the start of an installation and its end. */
    pluginPolls: number
    /** What a data source answers, and how often. */
    queryErrors: Map<string, { error: string; times: number }>
    refuseUser: string
  }
}

interface Instruction {
  action: 'ADD' | 'REVOKE'
  role: string
  users: { id: string; type: string }[]
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
    roles: new Map(),
    queried: [],
    faults: { unavailable: 0, accessDenied: 0, pluginPolls: 3, queryErrors: new Map(), refuseUser: '' },
  }
  let next = 1
  const change = (instruction: Instruction): object[] =>
    instruction.users.flatMap((user) => {
      const refuse = (message: string): object[] => [
        { code: 400, message, causedBy: { ...instruction, users: [user] } },
      ]
      const held = state.roles.get(user.id)
      if (user.id === state.faults.refuseUser) return refuse('user does not exist')
      if (instruction.action === 'REVOKE') {
        if (held?.role !== instruction.role) return refuse('user does not have this role')
        state.roles.delete(user.id)
      } else {
        if (held) return refuse(`user is already ${held.role}`)
        state.roles.set(user.id, { role: instruction.role, type: user.type })
      }
      return []
    })
  const control = (
    method: string,
    path: string,
    query: URLSearchParams,
    body: Record<string, unknown>,
  ): Answer => {
    if (state.faults.accessDenied > 0) {
      state.faults.accessDenied -= 1
      const message = 'User is not authorized to perform: grafana:ListPermissions'
      return { status: 403, body: { __type: 'AccessDeniedException', message } }
    }
    const [, account, token] = /^\/workspaces\/g-1\/serviceaccounts(?:\/(\w+))?(\/tokens)?$/.exec(path) ?? []
    if (path === '/workspaces/g-1/permissions' && method === 'GET') {
      // A page of one, so that nobody forgets the next.
      const all = [...state.roles].map(([id, { role, type }]) => ({ role, user: { id, type } }))
      const at = Number(query.get('nextToken') ?? 0)
      return {
        status: 200,
        body: { permissions: all.slice(at, at + 1), ...(all[at + 1] && { nextToken: String(at + 1) }) },
      }
    }
    if (path === '/workspaces/g-1/permissions' && method === 'PATCH') {
      const instructions = body.updateInstructionBatch as Instruction[]
      return { status: 200, body: { errors: instructions.flatMap(change) } }
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
  let installing: { plugin: string; pollsLeft: number } | undefined
  const isFolderPermission = (item: FolderPermission): boolean =>
    [1, 2, 4].includes(item.permission) &&
    (item.role === undefined
      ? state.teams[(item.teamId ?? 0) - 1] !== undefined
      : ['Viewer', 'Editor'].includes(item.role) && item.teamId === undefined)
  /** Data sources answer with status and reason per query, as Grafana's own front end expects. */
  const answerQuery = (body: Record<string, unknown>): Answer => {
    const [query = {}] = body.queries as Record<string, unknown>[]
    const { uid = '' } = query.datasource as { uid?: string }
    if (!state.sources.has(uid)) return { status: 404, body: { message: 'Data source not found' } }
    const name = query.type === 'logAction' ? 'logs' : uid
    state.queried.push(query.subtype ? `${name} ${query.subtype}` : name)
    const result = (status: number, rest: object): Answer => ({
      status,
      body: { results: { [String(query.refId)]: { status, ...rest } } },
    })
    const fault = state.faults.queryErrors.get(name)
    if (fault && fault.times-- > 0) return result(name === 'opensearch' ? 500 : 400, { error: fault.error })
    if (query.subtype === 'StartQuery') {
      const groups = query.logGroups as { arn: string }[] | undefined
      if (!query.queryString || !groups?.[0]?.arn)
        return result(400, { error: 'at least one log group is needed' })
      return result(200, { frames: [{ schema: {}, data: { values: [['query-1']] } }] })
    }
    if (query.subtype === 'GetQueryResults' && query.queryId !== 'query-1')
      return result(400, { error: 'ResourceNotFoundException: Query does not exist' })
    if (uid === 'opensearch' && (!query.timeField || !Array.isArray(query.metrics)))
      return result(400, { error: 'invalid query' })
    return result(200, { frames: [] })
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
    const installed = /^\/api\/plugins\/([\w-]+)\/install$/.exec(path)?.[1]
    if (installed && method === 'POST') {
      if (state.plugins.has(installed)) return { status: 409, body: { message: 'Plugin already installed' } }
      installing ??= { plugin: installed, pollsLeft: state.faults.pluginPolls }
      return { status: 200 }
    }
    const plugin = /^\/api\/plugins\/([\w-]+)\/settings$/.exec(path)?.[1]
    if (plugin && method === 'GET') {
      if (installing?.plugin === plugin && installing.pollsLeft-- <= 0) {
        state.plugins.add(plugin)
        installing = undefined
      }
      return state.plugins.has(plugin)
        ? { status: 200, body: { id: plugin } }
        : { status: 404, body: { message: 'Plugin not found, no installed plugin with that id' } }
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
      const items = body.items as FolderPermission[]
      if (!items.every(isFolderPermission)) return { status: 400, body: { message: 'bad permission' } }
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
        .map(({ name }, index) => ({ id: index + 1, name }))
        .filter(({ name }) => name === query.get('name'))
      return { status: 200, body: { teams, totalCount: teams.length } }
    }
    if (route === 'POST /api/teams') {
      if (state.teams.some(({ name }) => name === body.name))
        return { status: 409, body: { message: 'Team name taken' } }
      state.teams.push({ name: String(body.name) })
      return { status: 200, body: { teamId: state.teams.length } }
    }
    const team = state.teams[Number(/^\/api\/teams\/(\d+)\/preferences$/.exec(path)?.[1]) - 1]
    if (team && method === 'PUT') {
      const home = String(body.homeDashboardUID)
      if (!state.dashboards.has(home)) return { status: 404, body: { message: 'Dashboard not found' } }
      team.home = home
      return { status: 200 }
    }
    if (route === 'POST /api/ds/query') return answerQuery(body)
    return { status: 404, body: { message: `no route ${route}` } }
  }
  const server = await startServer(({ method, path, query, headers, body: text }) => {
    const body = text ? (JSON.parse(text) as Record<string, unknown>) : {}
    if (path.startsWith('/workspaces/')) return control(method, path, query, body)
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

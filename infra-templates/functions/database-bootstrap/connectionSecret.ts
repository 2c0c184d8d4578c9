import type { DatabaseAddress, Login } from '../shared/postgres.ts'

/**
 * What a service reads to connect. Umami (Prisma with node-postgres) needs `uselibpqcompat`, because node-postgres
 * takes `sslmode=require` for `verify-full` and RDS certificates are not in a container's trust store.
 */
export const connectionSecret = (
  kind: 'schema' | 'database',
  login: Login,
  address: DatabaseAddress,
): string => {
  const { host, port, database, tls } = address
  const base = `postgresql://${login.user}:${encodeURIComponent(login.password)}@${host}:${port}/${database}`
  const schema = kind === 'schema' ? [`schema=${login.user}`] : []
  const driver = kind === 'schema' ? ['uselibpqcompat=true'] : []
  const url = `${base}?${[...schema, ...(tls ? [...driver, 'sslmode=require'] : ['sslmode=disable'])].join('&')}`
  return JSON.stringify({
    url,
    host,
    port: String(port),
    database,
    username: login.user,
    password: login.password,
  })
}

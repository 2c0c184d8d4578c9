import pg from 'pg'

/** Where a database is. */
export interface DatabaseAddress {
  host: string
  port: number
  database: string
  /** `false` only for a server without TLS, such as a test's. */
  tls: boolean
}

/** Who connects. */
export interface Login {
  user: string
  password: string
}

/** Runs `work` on one connection and closes it whatever happens. The server's certificate is verified. */
export const withConnection = async <T>(
  address: DatabaseAddress,
  login: Login,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> => {
  const { host, port, database, tls } = address
  const client = new pg.Client({
    host,
    port,
    database,
    ...login,
    // NODE_EXTRA_CA_CERTS names the bundle with the RDS authorities (see the template).
    ssl: tls ? { rejectUnauthorized: true } : false,
    connectionTimeoutMillis: 10_000,
    application_name: 'observe',
  })
  try {
    await client.connect()
  } catch (error) {
    const { message, code } = error as Error & { code?: string }
    throw new Error(`cannot connect to ${database} on ${host}:${port} as ${login.user}: ${message || code}`, {
      cause: error,
    })
  }
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

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

/** What OpenSSL calls a certificate that no trusted authority signed. */
const UNTRUSTED = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

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
    const hint = UNTRUSTED.has(code ?? '') ? ' (no authority in NODE_EXTRA_CA_CERTS signed it)' : ''
    throw new Error(
      `cannot connect to ${database} on ${host}:${port} as ${login.user}: ${message || code}${hint}`,
      { cause: error },
    )
  }
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

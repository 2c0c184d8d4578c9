import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ServerCertificate } from './database.ts'

/** Makes an authority and a certificate of it for `hostName`. */
export const makeCertificate = (hostName: string): ServerCertificate => {
  const folder = mkdtempSync(join(tmpdir(), 'observe-certificates-'))
  const openssl = (...args: string[]): unknown =>
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  try {
    openssl(
      'req',
      '-x509',
      ...newKey,
      '-keyout',
      'ca.key',
      '-out',
      'ca.crt',
      '-days',
      '2',
      '-subj',
      '/CN=Test authority',
    )
    openssl('req', ...newKey, '-keyout', 'server.key', '-out', 'server.csr', '-subj', `/CN=${hostName}`)
    writeFileSync(join(folder, 'names'), `subjectAltName=DNS:${hostName}\n`)
    const signed = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names']
    openssl('x509', '-req', '-in', 'server.csr', '-out', 'server.crt', ...signed)
    return { certificate: read('server.crt'), key: read('server.key'), authority: read('ca.crt') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

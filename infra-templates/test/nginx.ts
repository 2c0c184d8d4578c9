import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const PATH = `${process.env.PATH}:/usr/sbin:/usr/local/sbin`
const isInstalled = (): boolean => spawnSync('nginx', ['-v'], { env: { ...process.env, PATH } }).status === 0

/** Finds nginx, or installs Debian's when that is possible. @throws Error that says how to get it. */
const ensureNginx = (): void => {
  if (isInstalled()) return
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    // Only the program: as a service it would listen on port 80.
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
    execFileSync('apt-get', ['update', '-q'], { stdio: 'pipe', env })
    execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'nginx-light'], {
      stdio: 'pipe',
      env,
    })
  }
  if (!isInstalled())
    throw new Error(
      'The infrastructure tests need nginx: apt-get install nginx-light, or brew install nginx.',
    )
}

/** A running nginx. */
export interface Nginx {
  stop(): void
}

/** Runs nginx with one server configuration, everything it writes in a folder of its own. */
export const startNginx = async (serverConfig: string, port: number): Promise<Nginx> => {
  ensureNginx()
  const folder = mkdtempSync(join(tmpdir(), 'observe-nginx-'))
  const config = join(folder, 'nginx.conf')
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join('\n')
  writeFileSync(
    config,
    `${process.getuid?.() === 0 ? 'user root; ' : ''}daemon off; pid ${folder}/pid; error_log ${folder}/error.log;\nevents {}\nhttp { access_log off;\n${paths}\n${serverConfig}\n}`,
  )
  const args = ['-p', folder, '-c', config]
  execFileSync('nginx', ['-t', '-q', ...args], { stdio: 'pipe', env: { ...process.env, PATH } })
  const child = spawn('nginx', args, { stdio: 'ignore', env: { ...process.env, PATH } })
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const up = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    )
    if (up) break
    await sleep(50)
  }
  return {
    stop: () => {
      child.kill('SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

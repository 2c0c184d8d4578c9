import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PROGRAM_PATH } from './ensureProgram.ts'

/** A running nginx. */
export interface Nginx {
  stop(): void
}

/** Runs nginx with one server configuration, everything it writes in a folder of its own. */
export const startNginx = async (serverConfig: string, port: number): Promise<Nginx> => {
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
  execFileSync('nginx', ['-t', '-q', ...args], { stdio: 'pipe', env: { ...process.env, PATH: PROGRAM_PATH } })
  const child = spawn('nginx', args, { stdio: 'ignore', env: { ...process.env, PATH: PROGRAM_PATH } })
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

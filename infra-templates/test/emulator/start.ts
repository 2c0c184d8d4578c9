import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { infraRoot } from '../root.ts'
import { findPythonTools } from './tools.ts'

/** One resource as CloudFormation would create it: every reference resolved. */
export interface ResolvedResource {
  action: 'resolve' | 'delete' | 'snapshot'
  stack: string
  type: string
  logicalId: string
  name: string
  properties: Record<string, unknown>
}

/** A running AWS emulator and the environment that makes AWS tools and SDKs use it. */
export interface Emulator {
  endpoint: string
  env: Record<string, string>
  journal(): ResolvedResource[]
  forget(): void
  aws(...args: string[]): Promise<string>
  shell(command: string): Promise<string>
  stop(): void
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

const run = (file: string, args: string[], env: Record<string, string>): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile(
      file,
      args,
      { cwd: infraRoot, env: { ...process.env, ...env }, maxBuffer: 64e6 },
      (error, out, err) =>
        error ? reject(new Error(`${file} ${args.join(' ')}\n${out}\n${err}`)) : resolve(out),
    )
  })

/** Starts the emulator on a free loopback port. */
export const startEmulator = async (): Promise<Emulator> => {
  const tools = findPythonTools()
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'observe-emulator-'))
  const journalPath = join(folder, 'journal.jsonl')
  writeFileSync(journalPath, '')
  const endpoint = `http://127.0.0.1:${port}`
  const env: Record<string, string> = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_REGION: 'us-east-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
    PATH: `${tools.aws.replace(/\/aws$/, '')}:${process.env.PATH}`,
  }
  const child = spawn(
    tools.python,
    [join(infraRoot, 'test/emulator/emulator.py'), String(port), journalPath],
    {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let log = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (log += chunk))
  const deadline = Date.now() + 60_000
  for (;;) {
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`The emulator did not start:\n${log}`)
    const ready = await fetch(`${endpoint}/moto-api/`).catch(() => undefined)
    if (ready?.ok) break
    await sleep(200)
  }
  const explain = (result: Promise<string>): Promise<string> =>
    result.catch((error: Error) => {
      throw new Error(`${error.message}\nEmulator log:\n${log.slice(-4000)}`)
    })
  return {
    endpoint,
    env,
    journal: () =>
      readFileSync(journalPath, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as ResolvedResource),
    forget: () => writeFileSync(journalPath, ''),
    aws: (...args) => explain(run(tools.aws, args, env)),
    shell: (command) => explain(run('bash', ['-euo', 'pipefail', '-c', command], env)),
    stop: () => {
      child.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findPythonTools } from './emulator/tools.ts'
import { infraRoot } from './root.ts'

/** ClickHouse's engine on a free loopback port. */
export interface TestClickHouse {
  url: string
  /** Runs one statement and gives the rows as CSV. */
  query(sql: string): Promise<string>
  stop(): void
}

/** Starts the engine with an empty data folder. */
export const startClickHouse = async (): Promise<TestClickHouse> => {
  const folder = mkdtempSync(join(tmpdir(), 'observe-clickhouse-'))
  const server = spawn(findPythonTools().python, [join(infraRoot, 'test/clickHouse.py'), folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  server.stderr.on('data', (chunk) => (log += chunk))
  const stop = (): void => {
    server.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
  const first = await Promise.race([once(server.stdout, 'data'), once(server, 'exit').then(() => undefined)])
  if (!first) {
    stop()
    throw new Error(`The ClickHouse engine did not start:\n${log}`)
  }
  const url = `http://127.0.0.1:${Number(String(first[0]))}`
  return {
    url,
    query: async (sql) => {
      const response = await fetch(url, { method: 'POST', body: sql })
      const text = await response.text()
      if (!response.ok) throw new Error(text)
      return text.trim()
    },
    stop,
  }
}

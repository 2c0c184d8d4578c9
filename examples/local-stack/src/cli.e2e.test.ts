import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { listen } from './http/listen.ts'

const DEMO = fileURLToPath(new URL('../../../scripts/demo.mjs', import.meta.url))

let started: ChildProcess[] = []
afterEach(() => {
  for (const one of started) one.kill('SIGKILL')
  started = []
})

const demo = (...args: string[]) => {
  const child = spawn(process.execPath, [DEMO, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  started.push(child)
  const output = { text: '' }
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output.text += chunk
    })
  }
  const ended = once(child, 'close').then(([code]) => code as number | null)
  return { child, output, ended }
}

/** Starts the demo and waits for the addresses it prints. */
const running = async (...args: string[]) => {
  const run = demo('--port', '0', '--no-build', ...args)
  await vi.waitFor(() => expect(run.output.text).toContain('Ctrl-C'), { timeout: 60_000, interval: 100 })
  const address = (name: string) =>
    new RegExp(`${name} +(http://127\\.0\\.0\\.1:\\d+)`).exec(run.output.text)?.[1] ?? ''
  return { ...run, shopUrl: address('Shop'), consoleUrl: address('Console') }
}

const answers = (url: string) =>
  fetch(url).then(
    ({ status }) => status,
    () => 'nothing',
  )

describe('npm run demo', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'serves until %s, and then leaves nothing running',
    async (signal) => {
      const { child, output, ended, shopUrl, consoleUrl } = await running()
      expect(await answers(`${shopUrl}/api/products`)).toBe(200)
      expect(await answers(consoleUrl)).toBe(200)
      child.kill(signal)
      expect(await ended).toBe(0)
      expect(output.text).toContain('Stopped.')
      expect([await answers(shopUrl), await answers(consoleUrl)]).toEqual(['nothing', 'nothing'])
    },
  )

  it('leaves nothing running when it is killed', async () => {
    const { child, shopUrl, consoleUrl } = await running()
    child.kill('SIGKILL')
    await vi.waitFor(
      async () => expect([await answers(shopUrl), await answers(consoleUrl)]).toEqual(['nothing', 'nothing']),
      { timeout: 10_000 },
    )
  })

  it('drives visits when asked to', async () => {
    const { output } = await running('--simulate', '2')
    await vi.waitFor(() => expect(output.text).toMatch(/2 done, \d+ requests/), { timeout: 60_000 })
  })

  it('says which port is taken, and what to do', async () => {
    const { port, close } = await listen(createServer(), 0)
    const { output, ended } = demo('--port', String(port), '--no-build')
    expect(await ended).toBe(1)
    expect(output.text).toContain(`Port ${port} is already in use`)
    expect(output.text).toContain('npm run demo -- --port')
    await close()
  })

  it('names a mistake on the command line', async () => {
    const { output, ended } = demo('--simulat', '3')
    expect(await ended).toBe(2)
    expect(output.text).toContain("Unknown option '--simulat'")
    expect(output.text).not.toContain('    at ')
  })

  it('explains itself', async () => {
    const { output, ended } = demo('--help')
    expect(await ended).toBe(0)
    expect(output.text).toContain('--simulate N')
  })
})

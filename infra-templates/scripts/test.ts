import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** `npm test`: the whole of the infrastructure's checks, one summary, non-zero when anything fails. */
const root = fileURLToPath(new URL('..', import.meta.url))
const startedAt = Date.now()
const child = spawn('npx', ['vitest', 'run', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
})
child.on('close', (code) => {
  const seconds = Math.round((Date.now() - startedAt) / 1_000)
  process.stdout.write(`infrastructure ${code === 0 ? 'passed' : 'FAILED'} in ${seconds} s\n`)
  process.exitCode = code ?? 1
})

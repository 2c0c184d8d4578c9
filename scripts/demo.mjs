import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`The demo needs Node 20.19 or newer; this is ${process.version}.`)
  process.exit(1)
}

// The stack runs from its TypeScript sources; the condition makes the packages do so as well.
const cli = fileURLToPath(new URL('../examples/local-stack/src/cli.ts', import.meta.url))
const child = spawn(
  process.execPath,
  ['--conditions=@acme/source', '--import', 'tsx', cli, ...process.argv.slice(2)],
  {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    // The channel closes when this process ends, and the stack ends with it.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  },
)
// Ctrl-C reaches both; a signal to this one alone is passed on. The child decides when it is over.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('error', (error) => {
  console.error(error.message)
  process.exit(1)
})
child.on('close', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))

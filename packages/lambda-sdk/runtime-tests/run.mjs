/**
 * `npm run test:runtime`: installs AWS's runtime client and the supported versions of Node beside this file, bundles the
 * handlers against the built package, and runs the suite.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))
const packageRoot = fileURLToPath(new URL('..', import.meta.url))
const say = (message) => process.stdout.write(`${message}\n`)
const run = (command, args, cwd) => execFileSync(command, args, { cwd, stdio: 'inherit' })
const has = (tool) => spawnSync(tool, ['--version'], { stdio: 'ignore' }).status === 0

if (process.platform !== 'linux' || process.arch !== 'x64') {
  say('The runtime client runs on Linux x64 only; run this suite in a container.')
  process.exit(1)
}

const missing = ['cmake', 'make', 'g++', 'python3', 'xz'].filter((tool) => !has(tool))
if (missing.length > 0) {
  if (process.getuid?.() !== 0 || !has('apt-get')) {
    say(
      `The runtime client is compiled and needs ${missing.join(', ')}. On Debian: apt-get install cmake g++ make python3 xz-utils`,
    )
    process.exit(1)
  }
  say(`Installing ${missing.join(', ')} …`)
  run('apt-get', ['install', '-y', '-q', 'cmake', 'g++', 'make', 'python3', 'xz-utils'], here)
}

const installed = () => existsSync(`${here}node_modules/aws-lambda-ric/rapid-client.node`)
if (!installed()) {
  say('Installing and compiling the runtime client, about a minute …')
  run('npm', ['ci', '--no-audit', '--no-fund'], here)
}
if (!installed()) {
  say(
    'npm skipped the runtime client’s install scripts; allow them with: npm install-scripts approve aws-lambda-ric',
  )
  process.exit(1)
}

// The client of Node 20 and 22 would need autotools to compile; what it calls of its native part is the same in the newer one.
const legacy = `${here}legacy-client/`
const legacyNative = `${legacy}node_modules/aws-lambda-ric/dist/rapid-client.node`
if (!existsSync(legacyNative)) {
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], legacy)
  copyFileSync(`${here}node_modules/aws-lambda-ric/rapid-client.node`, legacyNative)
}
if (!existsSync(`${packageRoot}dist/index.js`)) run('npm', ['run', 'build'], packageRoot)

rmSync(`${here}dist`, { recursive: true, force: true })
const bundled = await build({
  entryPoints: [`${here}handlers.mjs`, `${here}middyHandlers.mjs`],
  outdir: `${here}dist`,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  absWorkingDir: here,
})
if (bundled.errors.length > 0) process.exit(1)
const { status } = spawnSync(
  process.execPath,
  ['--test', '--test-concurrency=2', `${here}runtime.test.mjs`],
  {
    stdio: 'inherit',
  },
)
process.exit(status ?? 1)

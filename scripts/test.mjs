import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** The gate, in the order that finds a mistake soonest. `npm test -- lint unit` runs just those. */
const STEPS = [
  { name: 'browser', command: 'node scripts/ensure-browser.mjs' },
  { name: 'lint', command: 'npm run lint' },
  { name: 'types', command: 'npm run typecheck' },
  { name: 'docs', command: 'npm run docs --workspaces --if-present' },
  { name: 'unit', command: 'npx vitest run --project node --project dom --project chromium' },
  { name: 'build', command: 'npm run build' },
  { name: 'unused', command: 'npm run unused' },
  { name: 'packages', command: 'npm run test:packages' },
  { name: 'size', command: 'npm run size' },
  { name: 'e2e', command: 'npx vitest run --project e2e' },
  { name: 'infra', command: 'npm run test:infra' },
]

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !STEPS.some((step) => step.name === name))
if (unknown.length > 0) {
  console.error(`Unknown step ${unknown.join(', ')}. Steps: ${STEPS.map((step) => step.name).join(', ')}.`)
  process.exit(2)
}

// The output is piped and indented; escape codes would be all that is left of the colours.
const { FORCE_COLOR: _, ...inherited } = process.env
const plainOutput = { ...inherited, NO_COLOR: '1' }

const running = new Set()
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of running) child.kill(signal)
    process.exitCode = 130
  })
}

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`

const runStep = ({ name, command }) =>
  new Promise((resolve) => {
    console.log(`\n▶ ${name}: ${command}`)
    const startedAt = Date.now()
    const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'], env: plainOutput })
    running.add(child)
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => console.log(`  ${line}`))
    }
    child.on('close', (code) => {
      running.delete(child)
      resolve({ name, passed: code === 0, durationMs: Date.now() - startedAt })
    })
  })

const results = []
for (const step of STEPS) {
  if (wanted.length > 0 && !wanted.includes(step.name)) continue
  if (process.exitCode) break
  results.push(await runStep(step))
}

console.log('\nSummary')
for (const { name, passed, durationMs } of results) {
  console.log(`  ${passed ? '✓' : '✗'} ${name.padEnd(10)} ${seconds(durationMs).padStart(9)}`)
}
const failed = results.filter((result) => !result.passed)
console.log(
  `  total      ${seconds(results.reduce((sum, result) => sum + result.durationMs, 0)).padStart(9)}\n`,
)
if (failed.length > 0) console.log(`Failed: ${failed.map((result) => result.name).join(', ')}`)
console.log(`${results.length - failed.length} passed, ${failed.length} failed`)
if (failed.length > 0) process.exitCode = 1

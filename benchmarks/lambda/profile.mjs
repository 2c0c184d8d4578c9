import { readFileSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'

/** Each takes one part out of the bundled handler. What is then saved is what the part costs. */
const WITHOUT = {
  'writing both lines': [/sink\.write\(lines\)/, 'globalThis.lastLines = lines'],
  'reading ids from the event': [
    /(extractCorrelation = \(event, context\) => \{)/,
    '$1 return emptyCorrelation();',
  ],
  'the log line': [/logger\w*\.info\(\{ orderId: 17 \}, "order placed"\)/, 'undefined'],
  'the deadline timer': [/if \(timeoutWarningMs === 0\)/, 'if (true)'],
  AsyncLocalStorage: [/return scopeStorage\.run\(invocation, run, /, 'return run('],
}

const least = (values) => Math.min(...values)

/**
 * What the parts of an invocation cost, in CPU microseconds: the whole, less what it costs without the part. `measure` gives
 * the rounds of a bundle, of which the least is the one that other programs disturbed least.
 */
export const profileOf = async (options, folder, measure) => {
  const whole = `${folder}profile.mjs`
  await build({ ...options, minify: false, outfile: whole })
  const text = readFileSync(whole, 'utf8')
  const files = Object.entries(WITHOUT).map(([name, [pattern, replacement]], index) => {
    if (!pattern.test(text)) throw new Error(`The bundle has another form now: ${pattern} is not in it.`)
    const file = `${folder}profile.${index}.mjs`
    writeFileSync(file, text.replace(pattern, replacement))
    return [name, file]
  })
  const rounds = new Map([[whole, []], ...files.map(([, file]) => [file, []])])
  for (let count = 0; count < 6; count++) {
    for (const [file, values] of rounds) values.push(...measure(file))
  }
  const total = least(rounds.get(whole))
  return {
    'the whole': total,
    ...Object.fromEntries(files.map(([name, file]) => [name, total - least(rounds.get(file))])),
  }
}

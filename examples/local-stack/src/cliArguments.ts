import { parseArgs } from 'node:util'

/** What the command line asks for. */
export interface CliArguments {
  help: boolean
  /** Port of the console. */
  port: number
  /** Whether the port was named, so that no other will do. */
  shopPort: number | undefined
  data: string | undefined
  /** Synthetic visits to drive; 0 for none. */
  simulate: number
  seed: number
  build: boolean
}

/** The command line cannot be followed; the message says why. */
export class UsageError extends Error {
  override name = 'UsageError'
}

const DEFAULT_CONSOLE_PORT = 4400
const MAX_VISITS = 100_000

export const USAGE = `Usage: npm run demo -- [options]

Runs the example shop, its API and collector as Lambda functions, and a console
that shows what they observe. Everything stays on this machine.

Options
  --port N        port of the console (default ${DEFAULT_CONSOLE_PORT}, or PORT)
  --shop-port N   port of the shop (default: the next free one)
  --simulate N    drive N synthetic visits through the shop
  --seed N        draw other visits (default 1)
  --data DIR      keep what is collected in DIR (default: in memory)
  --no-build      take the shop as it was last built
  --help          this text
`

/** @throws {UsageError} */
export const readArguments = (args: readonly string[], env: NodeJS.ProcessEnv): CliArguments => {
  const values = parse(args)
  return {
    help: values.help === true,
    port: whole('--port', values.port ?? env.PORT ?? String(DEFAULT_CONSOLE_PORT), 65_535),
    shopPort:
      values['shop-port'] === undefined ? undefined : whole('--shop-port', values['shop-port'], 65_535),
    data: values.data,
    simulate: whole('--simulate', values.simulate ?? '0', MAX_VISITS),
    seed: whole('--seed', values.seed ?? '1', 2 ** 31),
    build: values['no-build'] !== true,
  }
}

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  port: { type: 'string' },
  'shop-port': { type: 'string' },
  simulate: { type: 'string' },
  seed: { type: 'string' },
  data: { type: 'string' },
  'no-build': { type: 'boolean' },
} as const

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true, allowPositionals: false }).values
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error)
    throw new UsageError(`${reason.replace(/\.$/, '')}. See npm run demo -- --help`)
  }
}

const whole = (option: string, text: string, most: number): number => {
  if (!/^\d+$/.test(text) || Number(text) > most) {
    throw new UsageError(`${option} needs a whole number up to ${most}, not "${text}"`)
  }
  return Number(text)
}

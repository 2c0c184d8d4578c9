import { readFileSync } from 'node:fs'
import { infraRoot } from './root.ts'

const readme = readFileSync(`${infraRoot}README.md`, 'utf8')

/** Headings of the README that have commands under them. */
export const sectionsWithCommands: readonly string[] = readme
  .split('\n## ')
  .filter((section) => section.includes('```sh\n'))
  .map((section) => section.slice(0, section.indexOf('\n')))

/** Headings whose commands a test asked for. */
export const sectionsRun = new Set<string>()

/** The blocks of commands under a heading, in order. */
export const readmeBlocks = (section: string): string[] => {
  const body = readme.split(`\n## ${section}\n`)[1]?.split('\n## ')[0]
  if (!body) throw new Error(`README.md has no section "${section}"`)
  const blocks = [...body.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block)
  if (blocks.length === 0) throw new Error(`README.md has no commands under "${section}"`)
  sectionsRun.add(section)
  return blocks
}

/** The CLI itself then validates operation and parameters and prints a sample answer, without a request. */
const NOT_EMULATED = `aws() {
  case "$1 $2" in
    'lambda get-account-settings') command aws "$@" --generate-cli-skeleton output ;;
    # For SQS version 1 of the CLI takes the endpoint from its arguments only.
    'sqs '*) command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@" ;;
    # An invocation has no sample answer: one that only fails to connect was valid.
    'lambda invoke')
      { AWS_MAX_ATTEMPTS=1 command aws --endpoint-url http://127.0.0.1:9 "$@" 2>&1 || true; } |
        grep -q 'Could not connect' && echo None ;;
    *) command aws "$@" ;;
  esac
}`

/**
 * Commands with what a shell needs before them: the `export` lines of step 1, as the README says of a new shell. A command
 * of a service that the emulator has not is validated instead of sent.
 */
export const inShell = (...blocks: readonly string[]): string => {
  const exports = readmeBlocks('Deploy')
    .flatMap((block) => block.split('\n'))
    .filter((line) => line.startsWith('export '))
  return [NOT_EMULATED, ...exports, ...blocks].join('\n')
}

/** What the README says to type under a heading; the tests take the commands from there, so that they cannot rot. */
export const readmeCommands = (section: string): string => inShell(...readmeBlocks(section))

import { execFileSync } from 'node:child_process'

/** Long enough to stay unique in any repository, short enough to read aloud. */
const COMMIT_DIGITS = 12

const commit = (folder: string): string | undefined => {
  try {
    return execFileSync('git', ['rev-parse', `--short=${COMMIT_DIGITS}`, 'HEAD'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return undefined
  }
}

/** What identifies a build that was not named: `OBSERVE_RELEASE`, else the commit. Undefined when there is neither. */
export const findRelease = (folder: string): string | undefined =>
  process.env.OBSERVE_RELEASE || commit(folder)

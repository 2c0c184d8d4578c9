import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Debian keeps servers where only root's PATH looks. */
export const PROGRAM_PATH = `${process.env.PATH}:/usr/sbin:/usr/local/sbin`

const env = { ...process.env, PATH: PROGRAM_PATH }

/** Installs Debian packages where that is possible: as root on Debian. Returns whether it tried. */
export const installDebianPackages = (...packages: readonly string[]): boolean => {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return false
  // Only programs: as services they would listen on their ports.
  const quiet = { ...env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  execFileSync('apt-get', ['update', '-q'], { stdio: 'pipe', env: quiet })
  execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], {
    stdio: 'pipe',
    env: quiet,
  })
  return true
}

/**
 * Makes sure that a program can be run; installs Debian's package of it when it is missing and that is possible.
 *
 * @throws Error that says how to get it.
 */
export const ensureProgram = (program: string, versionFlag: string, debianPackage: string): void => {
  const isInstalled = () => spawnSync(program, [versionFlag], { env }).status === 0
  if (isInstalled()) return
  installDebianPackages(debianPackage)
  if (!isInstalled())
    throw new Error(`The infrastructure tests need ${program}. On Debian: apt-get install ${debianPackage}`)
}

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { findBrowser } from './find-browser.mjs'

const run = (command, args, env = {}) => {
  console.log(`  $ ${command} ${args.join(' ')}`)
  const result = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, ...env },
    timeout: 600_000,
  })
  return result.status === 0
}

// Debian's package brings the system libraries too, which Playwright's download on a bare machine lacks.
const canInstallFromDebian = () => process.getuid?.() === 0 && existsSync('/etc/debian_version')

const installFromDebian = () =>
  run('apt-get', ['update', '-q']) &&
  run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], {
    DEBIAN_FRONTEND: 'noninteractive',
  })

const installFromPlaywright = () => run('npx', ['playwright', 'install', 'chromium'])

/** Path of a browser the tests can drive; installs one if the machine has none. */
export const ensureBrowser = async () => {
  const found = await findBrowser()
  if (found) return found
  console.log('No Chrome, Chromium or Edge here: installing one (about 100 MB).')
  if (canInstallFromDebian()) installFromDebian()
  const installed = await findBrowser()
  if (installed) return installed
  installFromPlaywright()
  const own = await findBrowser()
  if (own) return own
  throw new Error(
    'The tests need a Chromium-family browser and none could be installed. Install Chrome, Chromium or Edge, ' +
      'or set CHROME_PATH to the binary of one.',
  )
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log(`browser: ${await ensureBrowser()}`)
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}

import { execFileSync } from 'node:child_process'
import { findPythonTools } from './emulator/tools.ts'
import { ensureProgram } from './ensureProgram.ts'
import { infraRoot } from './root.ts'

/**
 * Packages once, so that every test sees the very bundles and templates that a release ships; and finds or installs
 * the programs they run before two test files could do so at the same time.
 */
export default (): void => {
  ensureProgram('nginx', '-v', 'nginx-light')
  ensureProgram('openssl', 'version', 'openssl')
  ensureProgram('psql', '--version', 'postgresql-client')
  findPythonTools()
  execFileSync('npm', ['run', '--silent', 'infra:package'], { cwd: infraRoot, stdio: 'pipe' })
}

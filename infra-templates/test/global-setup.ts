import { execFileSync } from 'node:child_process'
import { infraRoot } from './root.ts'

/** Packages once, so that every test sees the very bundles and templates that a release ships. */
export default (): void => {
  execFileSync('npm', ['run', '--silent', 'infra:package'], { cwd: infraRoot, stdio: 'pipe' })
}

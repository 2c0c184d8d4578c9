import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { installDebianPackages } from '../ensureProgram.ts'
import { infraRoot } from '../root.ts'

/** The Python tools the tests run, at the versions `requirements.txt` pins. */
export interface PythonTools {
  python: string
  aws: string
  cfnLint: string
}

const requirements = join(infraRoot, 'requirements.txt')
const venv = join(infraRoot, '.venv')

const pinned: Record<string, string> = Object.fromEntries(
  readFileSync(requirements, 'utf8')
    .split('\n')
    .filter((line) => line.includes('=='))
    .map((line) => line.replace(/\[.*?\]/, '').split('==') as [string, string]),
)

const versionsOf = (python: string): Record<string, string> => {
  const script = `import importlib.metadata as m, json, sys
out = {"executable": sys.executable}
for name in ${JSON.stringify(Object.keys(pinned))}:
    try: out[name] = m.version(name)
    except m.PackageNotFoundError: out[name] = ""
print(json.dumps(out))`
  try {
    return JSON.parse(
      execFileSync(python, ['-c', script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    )
  } catch {
    return {}
  }
}

const toolsOf = (executable: string): PythonTools => {
  const bin = dirname(executable)
  return { python: executable, aws: join(bin, 'aws'), cfnLint: join(bin, 'cfn-lint') }
}

const hasPinned = (python: string): string | undefined => {
  const found = versionsOf(python)
  return Object.entries(pinned).every(([name, version]) => found[name] === version)
    ? found.executable
    : undefined
}

const makeVenv = (): boolean =>
  spawnSync('python3', ['-m', 'venv', '--clear', venv], { stdio: 'pipe' }).status === 0

/**
 * Finds the pinned tools on PATH, else makes `.venv` from `requirements.txt`.
 *
 * @throws Error that says how to install them when neither works. A missing tool is never a skipped test.
 */
export const findPythonTools = (): PythonTools => {
  const onPath = hasPinned('python3')
  if (onPath) return toolsOf(onPath)
  const venvPython = join(venv, 'bin', 'python')
  if (existsSync(venvPython) && hasPinned(venvPython)) return toolsOf(venvPython)
  try {
    // Debian's python3 comes without the venv module.
    if (!makeVenv() && !(installDebianPackages('python3', 'python3-venv') && makeVenv()))
      throw new Error('python3 -m venv failed.')
    execFileSync(
      venvPython,
      ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements],
      { stdio: 'pipe' },
    )
  } catch (cause) {
    const wanted = Object.entries(pinned).map(([name, version]) => `${name} ${version}`)
    throw new Error(
      `The infrastructure tests need ${wanted.join(', ')} and Python 3.10 or newer with the venv module. ` +
        `Install them: python3 -m venv ${venv} && ${venvPython} -m pip install -r ${requirements} ` +
        `(Debian: apt-get install python3-venv).`,
      { cause },
    )
  }
  if (!hasPinned(venvPython))
    throw new Error(`${venv} does not hold what ${requirements} pins; delete it and try again.`)
  return toolsOf(venvPython)
}

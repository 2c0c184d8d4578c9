import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Path of the cfn-guard binary that comes with an npm package. @throws Error when there is none for this machine. */
export const findGuard = (): string => {
  const system = { linux: 'ubuntu', darwin: 'macos' }[process.platform as string]
  const machine = { x64: 'x86_64', arm64: 'aarch64' }[process.arch as string]
  if (!system || !machine)
    throw new Error(
      `cfn-guard has no binary for ${process.platform} ${process.arch}; run the tests on Linux or macOS.`,
    )
  const require = createRequire(import.meta.url)
  const root = dirname(require.resolve('@cdklabs/cdk-validator-cfnguard/package.json'))
  const binary = join(root, 'bin', system, machine, 'cfn-guard')
  execFileSync('chmod', ['+x', binary])
  return binary
}

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readTemplate } from '../templates/readTemplates.ts'
import { infraRoot } from './root.ts'

const example = `${infraRoot}../examples/sst/`
const { template } = readTemplate('observability.yaml')

it('the SST example type-checks', () => {
  const check = (): Buffer =>
    execFileSync('npx', ['tsc', '--noEmit', '-p', example], { cwd: infraRoot, stdio: 'pipe' })
  expect(check).not.toThrow()
})

it('and names parameters and outputs that the root template has', () => {
  const config = readFileSync(`${example}sst.config.ts`, 'utf8')
  const given = config.split('parameters: {')[1]?.split('}')[0] ?? ''
  const parameters = [...given.matchAll(/^\s+(\w+):/gm)].map((match) => match[1])
  expect(parameters.length).toBeGreaterThan(3)
  for (const name of parameters) expect(template.Parameters).toHaveProperty(String(name))
  const outputs = [
    ...readFileSync(`${example}infra/observe.ts`, 'utf8').matchAll(/output\(stack, '(\w+)'\)/g),
  ]
  expect(outputs.length).toBe(5)
  for (const [, name] of outputs) expect(template.Outputs).toHaveProperty(String(name))
})

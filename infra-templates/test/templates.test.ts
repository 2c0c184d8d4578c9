import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readTemplates, type Template } from '../templates/readTemplates.ts'
import { findPythonTools } from './emulator/tools.ts'
import { findGuard } from './guard.ts'
import { infraRoot } from './root.ts'
import { variants } from './variants.ts'

interface Interface {
  ParameterGroups: { Parameters: string[] }[]
}

/** All that CloudFormation evaluates in `Rules`: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-rules.html */
const RULE_FUNCTIONS = new Set([
  'Fn::And',
  'Fn::Contains',
  'Fn::EachMemberEquals',
  'Fn::EachMemberIn',
  'Fn::Equals',
  'Fn::Not',
  'Fn::Or',
  'Fn::RefAll',
  'Fn::ValueOf',
  'Fn::ValueOfAll',
  'Ref',
])

const functionsIn = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, item]) => [
        ...(/^(Fn::|Ref$|Condition$)/.test(key) ? [key] : []),
        ...functionsIn(item),
      ])
    : []

const templates = readTemplates()
const named = templates.map((one) => [one.file, one] as const)
const children = templates.filter(({ file }) => file !== 'observability.yaml')

describe('cfn-lint', () => {
  it('finds nothing, at any level, in any region we name', () => {
    const { cfnLint } = findPythonTools()
    const result = spawnSync(cfnLint, ['--include-checks', 'I', '--format', 'parseable'], {
      cwd: infraRoot,
      encoding: 'utf8',
    })
    expect(`${result.stdout}${result.stderr}`).toBe('')
    expect(result.status).toBe(0)
  })
})

describe('cfn-guard', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'observe-guard-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const rules = `${infraRoot}guard/observe.guard`

  it('every rule has an input that passes and one that fails', () => {
    const tests = parse(readFileSync(`${infraRoot}guard/observe.tests.yaml`, 'utf8')) as {
      expectations: { rules: Record<string, string> }
    }[]
    const tested = tests.flatMap(({ expectations }) =>
      Object.entries(expectations.rules).map(([rule, result]) => `${rule} ${result}`),
    )
    const written = [...readFileSync(rules, 'utf8').matchAll(/^rule (\w+)/gm)].flatMap(([, rule]) => [
      `${rule} FAIL`,
      `${rule} PASS`,
    ])
    expect(tested.sort()).toEqual(written.sort())
    const output = execFileSync(
      findGuard(),
      ['test', '-r', rules, '-t', `${infraRoot}guard/observe.tests.yaml`],
      { encoding: 'utf8' },
    )
    expect(output).not.toContain('Expected = FAIL, Evaluated')
    expect(output).toContain('PASS Rules:')
  })

  it('finds nothing in the templates, with all conditions true and with all false', () => {
    for (const { file, template } of templates) {
      variants(template).forEach((variant, index) => {
        writeFileSync(join(folder, `${file.replace('/', '-')}.${index}.json`), JSON.stringify(variant))
      })
    }
    const result = spawnSync(findGuard(), ['validate', '-r', rules, '-d', folder, '--show-summary', 'fail'], {
      encoding: 'utf8',
    })
    expect(`${result.stdout}${result.stderr}`.slice(0, 6_000)).toBe('')
    expect(result.status).toBe(0)
  })
})

describe.each(named)('%s', (_, { text, template }) => {
  it('fits in a request', () => {
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(51_200)
  })

  it('explains and groups every parameter, and says what a wrong value should be', () => {
    const described = template.Metadata?.['AWS::CloudFormation::Interface'] as Interface
    const groups = described.ParameterGroups
    expect(groups.flatMap(({ Parameters }) => Parameters).sort()).toEqual(
      Object.keys(template.Parameters ?? {}).sort(),
    )
    for (const [name, parameter] of Object.entries(template.Parameters ?? {})) {
      expect(parameter.Description, name).toBeTruthy()
      if (parameter.AllowedPattern) expect(parameter.ConstraintDescription, name).toBeTruthy()
    }
  })

  it('describes every output', () => {
    for (const [name, output] of Object.entries(template.Outputs ?? {}))
      expect(output.Description, name).toBeTruthy()
  })

  it('uses in Rules only what CloudFormation evaluates there', () => {
    for (const [name, rule] of Object.entries(template.Rules ?? {})) {
      const used = functionsIn(rule)
      expect(used.length, name).toBeGreaterThan(0)
      expect(
        used.filter((one) => !RULE_FUNCTIONS.has(one)),
        name,
      ).toEqual([])
    }
  })

  it('shares the wording of shared parameters with the other templates', () => {
    for (const name of ['Environment', 'PermissionsBoundaryArn', 'LogRetentionDays', 'AlarmTopicArn']) {
      const mine = template.Parameters?.[name]
      const first = children.find((one) => one.template.Parameters?.[name])?.template.Parameters?.[name]
      if (mine && first)
        expect(mine.AllowedPattern ?? mine.AllowedValues, name).toEqual(
          first.AllowedPattern ?? first.AllowedValues,
        )
    }
  })

  it('puts the permissions boundary on every role', () => {
    for (const [name, { Type, Properties }] of Object.entries(template.Resources)) {
      if (Type === 'AWS::IAM::Role') expect(Properties?.PermissionsBoundary, name).toBeDefined()
    }
  })

  it('names only functions that exist', () => {
    for (const { Type, Properties } of Object.values(template.Resources)) {
      if (Type !== 'AWS::Lambda::Function') continue
      expect(existsSync(`${infraRoot}stacks/${Properties?.Code}/index.ts`), String(Properties?.Code)).toBe(
        true,
      )
    }
  })
})

it('the versions of a release are pinned in mappings, the same in all templates, and no parameter keeps an old one', () => {
  const pins = new Map<string, string>()
  for (const { file, template } of templates) {
    for (const [product, values] of Object.entries(template.Mappings?.Pinned ?? {}))
      for (const [name, value] of Object.entries(values)) {
        const pin = `${product} ${name}`
        expect(value, `${pin} in ${file}`).toBe(pins.get(pin) ?? value)
        pins.set(pin, value)
      }
    for (const [name, { Default }] of Object.entries(template.Parameters ?? {}))
      if (/Image$|^GrafanaVersion$/.test(name)) expect(Default, `${name} in ${file}`).toBe('')
  }
  expect([...pins.keys()]).toEqual(
    expect.arrayContaining(['ClickHouse image', 'Grafana version', 'OpenReplay tag', 'Umami image']),
  )
})

describe('the root', () => {
  const root = templates[0]?.template as Template
  const stacks = Object.entries(root.Resources).map(([logicalId, { Properties }]) => {
    const file = String(Properties?.TemplateURL)
    const child = templates.find((one) => one.file === file)
    if (!child) throw new Error(`${logicalId} names ${file}, which does not exist`)
    return { logicalId, child, given: Properties?.Parameters as Record<string, unknown> }
  })

  it('has every stack, once', () => {
    expect(stacks.map(({ child }) => child.file).sort()).toEqual(children.map(({ file }) => file).sort())
  })

  it.each(stacks.map((one) => [one.logicalId, one] as const))(
    'gives %s every parameter without a default, and none that it has not',
    (_, { child, given }) => {
      const parameters = child.template.Parameters ?? {}
      for (const name of Object.keys(given)) expect(parameters, name).toHaveProperty(name)
      const required = Object.entries(parameters).filter(([, { Default }]) => Default === undefined)
      for (const [name] of required) expect(given, name).toHaveProperty(name)
    },
  )

  it('reads only outputs that there are', () => {
    const known = new Map(stacks.map(({ logicalId, child }) => [logicalId, child.template.Outputs ?? {}]))
    const read = [...JSON.stringify(root).matchAll(/"Fn::GetAtt":\["(\w+)","Outputs\.(\w+)"\]/g)]
    expect(read.length).toBeGreaterThan(50)
    for (const [, stack = '', output = ''] of read)
      expect(known.get(stack), `${stack}.${output}`).toHaveProperty(output)
  })

  it('uses every parameter of its own', () => {
    const text = JSON.stringify([root.Resources, root.Conditions, root.Outputs])
    for (const name of Object.keys(root.Parameters ?? {}))
      expect(text.includes(`"Ref":"${name}"`) || text.includes(`\${${name}}`), name).toBe(true)
  })

  it('knows every parameter of the parameter files', () => {
    for (const file of ['dev', 'prod', 'prod-1000-users']) {
      const lines = readFileSync(`${infraRoot}parameters/${file}.txt`, 'utf8').trim().split('\n')
      for (const line of lines) {
        const [name = '', value] = line.split(/=(.*)/s)
        const parameter = root.Parameters?.[name]
        expect(parameter, `${file}: ${name}`).toBeDefined()
        if (parameter?.AllowedPattern)
          expect(value, `${file}: ${name}`).toMatch(new RegExp(`^(${parameter.AllowedPattern})$`))
        if (parameter?.AllowedValues)
          expect(parameter.AllowedValues.map(String), `${file}: ${name}`).toContain(value)
      }
    }
  })
})

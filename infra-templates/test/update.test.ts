import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Emulator, type ResolvedResource, startEmulator } from './emulator/start.ts'
import { infraRoot } from './root.ts'

/** Inside the folder, so that its modules resolve, and ignored by Git. */
mkdirSync(join(infraRoot, '.cache'), { recursive: true })
const next = mkdtempSync(join(infraRoot, '.cache', 'next-release-'))
const SOURCES = ['dashboards', 'functions', 'observability.yaml', 'package.json', 'parameters', 'scripts']

const change = (file: string, from: string, to: string): void => {
  const text = readFileSync(join(next, file), 'utf8')
  expect(text, file).toContain(from)
  writeFileSync(join(next, file), text.replaceAll(from, to))
}

const DEPLOY = `aws cloudformation package --template-file build/observability.yaml --s3-bucket artifacts \
    --output-template-file build/next.yaml > /dev/null
  aws cloudformation deploy --stack-name observe-next --template-file build/next.yaml --s3-bucket artifacts \
    --capabilities CAPABILITY_IAM CAPABILITY_AUTO_EXPAND --tags $(cat build/tags.txt) Environment=next > /dev/null`

const SETUPS = [
  'Custom::DatabaseBootstrap',
  'Custom::GrafanaProvision',
  'Custom::LogSearchSetup',
  'Custom::SecretKeys',
  'Custom::UmamiFirstRun',
]

describe('an update to a newer release, with the commands of the README', () => {
  let emulator: Emulator
  const of = (type: string): ResolvedResource[] =>
    emulator.journal().filter((one) => one.action === 'resolve' && one.type === type)
  const releases = (): Record<string, unknown> =>
    Object.fromEntries(SETUPS.map((type) => [type, of(type).at(-1)?.properties.Release]))
  const images = (): string => JSON.stringify(of('AWS::ECS::TaskDefinition').map((one) => one.properties))
  const packageNext = (): Promise<string> => emulator.shell(`cd ${next} && npm run --silent infra:package`)

  beforeAll(async () => {
    for (const name of [...SOURCES, 'stacks', 'tags.txt'])
      cpSync(join(infraRoot, name), join(next, name), {
        recursive: true,
        filter: (path) => !path.endsWith('.test.ts'),
      })
    emulator = await startEmulator()
    await packageNext()
    await emulator.shell(
      `aws s3 mb s3://artifacts && cd ${next} && ${DEPLOY.replace(
        '--tags',
        `--parameter-overrides Environment=next GrafanaAdminUserIds=94682488-3021-70b4-5f0e-1c8b0e6f6a11 \
        ClickHouseImage=registry.example.com/clickhouse:1 --tags`,
      )}`,
    )
  })
  afterAll(() => {
    emulator?.stop()
    rmSync(next, { recursive: true, force: true })
  })

  it('runs every setup function again and takes the new pins, but keeps what you set', async () => {
    const before = releases()
    for (const type of SETUPS) expect(before[type], type).toMatch(/^[0-9a-f]{16}$/)
    expect(images()).toContain('registry.example.com/clickhouse:1')

    change('dashboards/lambda.ts', 'concurrency of every function.', 'concurrency of each function.')
    change('stacks/umami.yaml', 'ghcr.io/umami-software/umami:3.1.0', 'ghcr.io/umami-software/umami:3.1.9')
    change('stacks/grafana.yaml', '10.4', '12.4')
    change('stacks/openreplay-workers.yaml', 'v1.27', 'v1.28')
    await packageNext()
    emulator.forget()
    await emulator.shell(`cd ${next} && ${DEPLOY}`)

    const after = releases()
    for (const type of SETUPS) {
      expect(after[type], type).toMatch(/^[0-9a-f]{16}$/)
      expect(after[type], type).not.toBe(before[type])
    }
    expect(images()).toContain('umami:3.1.9')
    expect(images()).not.toContain('umami:3.1.0')
    expect(images()).toMatch(/ender:v1\.28/)
    expect(images()).toContain('registry.example.com/clickhouse:1')
    expect(of('AWS::Grafana::Workspace').at(-1)?.properties.GrafanaVersion).toBe('12.4')
  })
})

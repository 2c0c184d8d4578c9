import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { infraRoot } from '../test/root.ts'
import { SUPPRESSIONS } from './suppressions.ts'

it('AwsSolutions finds nothing but what is explained, and every explanation is needed', async () => {
  // In a process of its own: synthesis reports to the console.
  const { stdout } = await promisify(execFile)('node', ['--import', 'tsx', 'scripts/nag.ts'], {
    cwd: infraRoot,
    maxBuffer: 64e6,
  })
  const findings = (JSON.parse(stdout) as string[]).map((line) => {
    const [file = '', rule = '', resource = ''] = line.split(' ')
    return { file, rule, resource }
  })
  const used = new Set<object>()
  const unexplained = findings.filter(({ rule, resource }) => {
    const suppression = SUPPRESSIONS.find(
      (one) => one.rule === rule && (!one.resources || one.resources.includes(resource)),
    )
    if (suppression) used.add(suppression)
    return !suppression
  })
  expect(unexplained).toEqual([])
  expect(SUPPRESSIONS.filter((one) => !used.has(one))).toEqual([])
  for (const { rule, reason } of SUPPRESSIONS) expect(reason.length, rule).toBeGreaterThan(40)
})

it('does find what is wrong', async () => {
  const script = `import { runNag } from './nag/runNag.ts'
    process.stdout.write(JSON.stringify(runNag('t', { Description: '', Resources: { Open: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'x', VpcId: 'vpc-1', SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' }] } } } })))`
  const { stdout } = await promisify(execFile)(
    'node',
    ['--import', 'tsx', '--input-type=module', '-e', script],
    { cwd: infraRoot },
  )
  expect(JSON.parse(stdout)).toContainEqual({ rule: 'EC23', resource: 'Open' })
})

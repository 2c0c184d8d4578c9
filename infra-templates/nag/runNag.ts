import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App, Stack, Validations } from 'aws-cdk-lib'
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include'
import { AwsSolutionsChecks } from 'cdk-nag'
import type { Template } from '../templates/readTemplates.ts'

/** One finding of AwsSolutions. */
export interface Finding {
  rule: string
  resource: string
}

interface Report {
  pluginReports: { violations: { ruleName: string; violatingConstructs: { constructPath: string }[] }[] }[]
}

/** What the checks can read: code and child templates where a package would have put them. */
const packaged = (template: Template): Template => ({
  ...template,
  Resources: Object.fromEntries(
    Object.entries(template.Resources).map(([logicalId, resource]) => [
      logicalId,
      resource.Type === 'AWS::Lambda::Function'
        ? {
            ...resource,
            Properties: { ...resource.Properties, Code: { S3Bucket: 'artifacts', S3Key: 'code.zip' } },
          }
        : resource,
    ]),
  ),
})

/** Runs cdk-nag's AwsSolutions over one template. */
export const runNag = (name: string, template: Template): Finding[] => {
  const folder = mkdtempSync(join(tmpdir(), 'observe-nag-'))
  try {
    const file = join(folder, 'template.json')
    writeFileSync(file, JSON.stringify(packaged(template)))
    const app = new App({
      outdir: join(folder, 'out'),
      analyticsReporting: false,
      context: { '@aws-cdk/core:validationReportJson': true },
    })
    const stack = new Stack(app, name)
    new CfnInclude(stack, 'T', { templateFile: file, preserveLogicalIds: true })
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
    try {
      app.synth()
    } catch {
      // Synthesis ends with an error when there are findings; they are in the report.
    }
    const report = JSON.parse(
      readFileSync(join(folder, 'out', 'policy-validation-report.json'), 'utf8'),
    ) as Report
    return report.pluginReports.flatMap(({ violations }) =>
      violations
        .filter(({ ruleName }) => ruleName.startsWith('AwsSolutions'))
        .flatMap(({ ruleName, violatingConstructs }) =>
          violatingConstructs.map(({ constructPath }) => ({
            rule: ruleName.replace(/^AwsSolutions-/, ''),
            resource: constructPath.split('/').at(-1) ?? constructPath,
          })),
        ),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

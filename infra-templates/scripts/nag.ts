import { runNag } from '../nag/runNag.ts'
import { readTemplates } from '../templates/readTemplates.ts'
import { variants } from '../test/variants.ts'

/** Prints every finding of every child template, with all conditions true and with all false, as JSON. */
const findings = new Set<string>()
for (const { file, template } of readTemplates()) {
  // cdk reads nested stacks one by one; the root has nothing but them.
  if (file === 'observability.yaml') continue
  for (const variant of variants(template)) {
    for (const { rule, resource } of runNag(file.replace(/\W/g, ''), variant))
      findings.add(`${file} ${rule.replace(/\[.*/, '')} ${resource}`)
  }
}
process.stdout.write(JSON.stringify([...findings]))

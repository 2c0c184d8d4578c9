import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, it } from 'vitest'
import { readTemplate } from '../../templates/readTemplates.ts'
import { probeDocument } from './probeDocument.ts'

it('is a metric document, and the metric is the one that the stack alarms on', () => {
  const document = probeDocument('prod', false, 12) as Record<string, unknown> & {
    _aws: { CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string }[] }[] }
  }
  const schema = JSON.parse(readFileSync(new URL('../../test/emf-schema.json', import.meta.url), 'utf8'))
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema)
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true)
  const [directive] = document._aws.CloudWatchMetrics
  const { template } = readTemplate('stacks/umami.yaml')
  const alarm = template.Resources.ReachableAlarm?.Properties as {
    MetricName: string
    Namespace: object
    Dimensions: { Name: string; Value: string }[]
  }
  expect(alarm.Namespace).toEqual({ 'Fn::Sub': 'Observe/${Environment}' })
  expect(directive?.Namespace).toBe('Observe/prod')
  expect(directive?.Metrics.map(({ Name }) => Name)).toContain(alarm.MetricName)
  expect(directive?.Dimensions).toEqual([alarm.Dimensions.map(({ Name }) => Name)])
  expect(document[alarm.MetricName]).toBe(0)
  expect(document.Service).toBe(alarm.Dimensions[0]?.Value)
})

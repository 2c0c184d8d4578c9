import { MetricsContext } from 'aws-embedded-metrics/lib/logger/MetricsContext.js'
import { MetricValues } from 'aws-embedded-metrics/lib/logger/MetricValues.js'
import { LogSerializer } from 'aws-embedded-metrics/lib/serializers/LogSerializer.js'
import { expect, it } from 'vitest'
import { validateEmf } from '../testing/index.ts'
import { createUserMetrics } from './createUserMetrics.ts'

/** What is used of aws-embedded-metrics beside its documented surface; a version that moves it must fail here. */
it('aws-embedded-metrics keeps the shape that is relied on', () => {
  const context = MetricsContext.empty()
  context.namespace = 'N'
  context.setDimensions([{ D: 'd' }])
  context.meta.Timestamp = 5
  context.metrics.set('M', new MetricValues(1, 'Count', 1))
  context.metrics.get('M')?.addValue(2)
  expect(context.metrics.get('M')).toMatchObject({ values: [1, 2], unit: 'Count', storageResolution: 1 })
  expect(new LogSerializer().serialize(context).map((text) => JSON.parse(text))).toEqual([
    {
      D: 'd',
      M: [1, 2],
      _aws: {
        Timestamp: 5,
        CloudWatchMetrics: [
          {
            Namespace: 'N',
            Dimensions: [['D']],
            Metrics: [{ Name: 'M', Unit: 'Count', StorageResolution: 1 }],
          },
        ],
      },
    },
  ])
})

it('a metric that was taken is not given twice', () => {
  const metrics = createUserMetrics('N', () => {})
  metrics.add({ name: 'M', value: 1, unit: 'Count', highResolution: false, mode: 'sum' }, { D: 'd' })
  expect(metrics.take().map((text) => validateEmf(JSON.parse(text)))).toEqual([[]])
  expect(metrics.take()).toEqual([])
})

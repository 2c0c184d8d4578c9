import { resolveSettings } from '../config/resolveSettings.ts'
import { createUserMetrics } from '../emf/createUserMetrics.ts'
import type { MetricSample } from '../emf/MetricSample.ts'
import type { DocumentScope } from '../emf/userDocuments.ts'
import { currentInvocation } from '../invocation/scopeStorage.ts'
import { writeLines } from '../output/output.ts'
import { reportFailure } from '../output/reportFailure.ts'
import type { UnitMetricOptions } from './MetricOptions.ts'
import { toSample } from './toSample.ts'
import { withDimensions } from './withDimensions.ts'

let ambient: DocumentScope | undefined

const ambientScope = (): DocumentScope => {
  if (!ambient) {
    const settings = resolveSettings()
    ambient = { settings, linePrefix: settings.linePrefix, context: undefined, properties: undefined }
  }
  return ambient
}

/** Without an invocation that will end, there is no later moment to write at. */
const writeNow = (
  sample: MetricSample,
  dimensions: Readonly<Record<string, string>>,
  scope: DocumentScope,
): void => {
  const metrics = createUserMetrics(scope)
  metrics.add(sample, dimensions)
  writeLines(metrics.take())
}

/** Records one measurement for the current invocation. Never throws; what cannot be recorded is counted and told once. */
export const record = (
  name: string,
  value: number,
  mode: MetricSample['mode'],
  options: UnitMetricOptions = {},
): void => {
  try {
    const invocation = currentInvocation()
    const scope = invocation ?? ambientScope()
    const dimensions = withDimensions(scope.settings.dimensions, options.dimensions)
    const sample = toSample(
      name,
      value,
      options.unit ?? 'None',
      options.highResolution === true,
      mode,
      dimensions,
    )
    if (!sample) return
    if (!invocation || invocation.finished) writeNow(sample, dimensions, scope)
    else {
      invocation.userMetrics ??= createUserMetrics(invocation)
      invocation.userMetrics.add(sample, dimensions)
    }
  } catch (error) {
    reportFailure('OBSERVE_METRIC_FAILED', 'a metric could not be recorded.', error)
  }
}

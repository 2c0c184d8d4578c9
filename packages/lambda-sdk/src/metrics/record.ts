import { resolveSettings } from '../config/resolveSettings.ts'
import type { Settings } from '../config/Settings.ts'
import { createUserMetrics } from '../emf/createUserMetrics.ts'
import type { MetricSample } from '../emf/MetricSample.ts'
import { userDocumentLines } from '../emf/userDocuments.ts'
import type { Invocation } from '../invocation/Invocation.ts'
import { currentInvocation } from '../invocation/scopeStorage.ts'
import { writeLines } from '../output/output.ts'
import { reportFailure } from '../output/reportFailure.ts'
import type { UnitMetricOptions } from './MetricOptions.ts'
import { toSample } from './toSample.ts'
import { withDimensions } from './withDimensions.ts'

let ambient: Settings | undefined

/** Outside an invocation there is no later moment to write at, so a document is written at once. */
const writeNow = (
  sample: MetricSample,
  dimensions: Readonly<Record<string, string>>,
  late?: Invocation,
): void => {
  const settings = late?.settings ?? ambientSettings()
  const prefix = late?.linePrefix ?? settings.linePrefix
  const emit = (documents: string[]): unknown =>
    writeLines(userDocumentLines(documents, settings, prefix, late?.properties))
  const metrics = createUserMetrics(settings.namespace, emit)
  metrics.add(sample, dimensions)
  emit(metrics.take())
}

const ambientSettings = (): Settings => {
  ambient ??= resolveSettings()
  return ambient
}

const userMetricsOf = (invocation: Invocation) => {
  invocation.userMetrics ??= createUserMetrics(invocation.settings.namespace, (documents) =>
    writeLines(
      userDocumentLines(documents, invocation.settings, invocation.linePrefix, invocation.properties),
    ),
  )
  return invocation.userMetrics
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
    const base = invocation?.settings.dimensions ?? ambientSettings().dimensions
    const dimensions = withDimensions(base, options.dimensions)
    const sample = toSample(
      name,
      value,
      options.unit ?? 'None',
      options.highResolution === true,
      mode,
      dimensions,
    )
    if (!sample) return
    if (!invocation || invocation.finished) writeNow(sample, dimensions, invocation)
    else userMetricsOf(invocation).add(sample, dimensions)
  } catch (error) {
    reportFailure('OBSERVE_METRIC_FAILED', 'a metric could not be recorded.', error)
  }
}

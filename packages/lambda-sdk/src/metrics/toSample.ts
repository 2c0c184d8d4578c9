import { isBuiltInMetric } from '../emf/builtInMetrics.ts'
import { isMetricValue } from '../emf/isMetricValue.ts'
import type { MetricSample } from '../emf/MetricSample.ts'
import { isReservedKey } from '../emf/reservedKeys.ts'
import { isMetricUnit } from '../emf/units.ts'
import { validMetricName } from '../emf/validNames.ts'
import { reportFailure } from '../output/reportFailure.ts'

const quote = (value: unknown): string => {
  try {
    return `"${String(value).slice(0, 80)}"`
  } catch {
    return `a ${typeof value}`
  }
}

const freeName = (name: string, dimensions: Readonly<Record<string, string>>): string => {
  if (!isBuiltInMetric(name) && !isReservedKey(name) && !Object.hasOwn(dimensions, name)) return name
  const free = `custom_${name}`
  reportFailure(
    'OBSERVE_METRIC_RENAMED',
    `metric "${name}" has a reserved name; it is recorded as "${free}".`,
  )
  return free
}

/** A call's arguments made valid for CloudWatch; undefined, and told once, when nothing can be made of them. */
export const toSample = (
  name: unknown,
  value: unknown,
  unit: unknown,
  highResolution: boolean,
  mode: MetricSample['mode'],
  dimensions: Readonly<Record<string, string>>,
): MetricSample | undefined => {
  const valid = validMetricName(name)
  if (valid === undefined) {
    reportFailure(
      'OBSERVE_METRIC_NAME',
      `a metric named ${quote(name)} was dropped: it needs a non-empty string.`,
    )
    return undefined
  }
  if (valid !== name) {
    reportFailure('OBSERVE_METRIC_NAME', `metric ${quote(name)} is recorded as "${valid}".`)
  }
  if (!isMetricValue(value)) {
    reportFailure(
      'OBSERVE_METRIC_VALUE',
      `metric "${valid}" was dropped: ${quote(value)} is no number from -2^360 to 2^360.`,
    )
    return undefined
  }
  if (!isMetricUnit(unit)) {
    reportFailure(
      'OBSERVE_METRIC_UNIT',
      `metric "${valid}" has unknown unit ${quote(unit)}; recorded without a unit.`,
    )
  }
  return {
    name: freeName(valid, dimensions),
    value,
    unit: isMetricUnit(unit) ? unit : 'None',
    highResolution,
    mode,
  }
}

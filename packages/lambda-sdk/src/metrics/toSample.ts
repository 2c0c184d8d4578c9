import type { MetricSample } from '../emf/MetricSample.ts'
import { isReservedKey } from '../emf/reservedKeys.ts'
import { isMetricUnit } from '../emf/units.ts'
import { validMetricName } from '../emf/validNames.ts'
import { reportFailure } from '../output/reportFailure.ts'

/** Names of the metrics this package records itself; a user's of the same name would be counted into them. */
const BUILT_IN: ReadonlySet<string> = new Set([
  'Invocations',
  'Duration',
  'ColdStart',
  'InitDuration',
  'Errors',
  'Timeouts',
  'RecordsProcessed',
  'BatchItemFailures',
  'TimeToFirstByte',
])

/** Whether this package records a metric of that name itself. */
export const isBuiltInMetric = (name: string): boolean => BUILT_IN.has(name)

const quote = (value: unknown): string => {
  try {
    return `"${String(value).slice(0, 80)}"`
  } catch {
    return `a ${typeof value}`
  }
}

const freeName = (name: string, dimensions: Readonly<Record<string, string>>): string => {
  if (!BUILT_IN.has(name) && !isReservedKey(name) && !Object.hasOwn(dimensions, name)) return name
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
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    reportFailure(
      'OBSERVE_METRIC_VALUE',
      `metric "${valid}" was dropped: ${quote(value)} is no finite number.`,
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

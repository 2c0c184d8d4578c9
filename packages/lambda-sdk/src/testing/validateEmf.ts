import {
  MAX_DIMENSION_NAME_LENGTH,
  MAX_DIMENSION_VALUE_LENGTH,
  MAX_DIMENSIONS,
  MAX_METRICS_PER_DOCUMENT,
  MAX_VALUES_PER_METRIC,
} from '../emf/limits.ts'
import { isMetricUnit } from '../emf/units.ts'

/** The schema's limit; {@link MAX_NAMESPACE_LENGTH} of the CloudWatch API is stricter. */
const MAX_EMF_NAME_LENGTH = 1_024
/** `.` in the schema's `^(.*)$` does not match these. */
const LINE_BREAK = /[\n\r\u2028\u2029]/

type Json = Record<string, unknown>

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isText = (value: unknown, max: number): value is string =>
  typeof value === 'string' && [...value].length >= 1 && [...value].length <= max && !LINE_BREAK.test(value)

const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value)

const target = (root: Json, name: string): unknown => (Object.hasOwn(root, name) ? root[name] : undefined)

const dimensionProblems = (name: unknown, root: Json, at: string): string[] => {
  if (!isText(name, MAX_DIMENSION_NAME_LENGTH)) return [`${at} holds an invalid name`]
  const value = target(root, name)
  return typeof value === 'string' && value !== '' && value.length <= MAX_DIMENSION_VALUE_LENGTH
    ? []
    : [`${at}: "${name}" must name a string of 1 to ${MAX_DIMENSION_VALUE_LENGTH} characters at the root`]
}

const setProblems = (set: unknown, root: Json, at: string): string[] =>
  Array.isArray(set) && set.length <= MAX_DIMENSIONS
    ? set.flatMap((name) => dimensionProblems(name, root, at))
    : [`${at} must be an array of at most ${MAX_DIMENSIONS} names`]

const metricProblems = (metric: unknown, root: Json, at: string): string[] => {
  if (!isObject(metric)) return [`${at} must be an object`]
  const { Name, Unit, StorageResolution } = metric
  const problems: string[] = []
  if (Unit !== undefined && !isMetricUnit(Unit)) problems.push(`${at}.Unit is none of CloudWatch's`)
  if (StorageResolution !== undefined && StorageResolution !== 1 && StorageResolution !== 60) {
    problems.push(`${at}.StorageResolution must be 1 or 60`)
  }
  if (!isText(Name, MAX_EMF_NAME_LENGTH)) {
    return [...problems, `${at}.Name must have 1 to ${MAX_EMF_NAME_LENGTH} characters`]
  }
  const value = target(root, Name)
  const isArray = Array.isArray(value) && value.length <= MAX_VALUES_PER_METRIC && value.every(isNumber)
  if (!isNumber(value) && !isArray) {
    problems.push(`${at}: "${Name}" must name a number, or at most ${MAX_VALUES_PER_METRIC}, at the root`)
  }
  return problems
}

const directiveProblems = (directive: unknown, root: Json, at: string): string[] => {
  if (!isObject(directive)) return [`${at} must be an object`]
  const { Namespace, Dimensions, Metrics } = directive
  const problems: string[] = []
  if (!isText(Namespace, MAX_EMF_NAME_LENGTH)) {
    problems.push(`${at}.Namespace must have 1 to ${MAX_EMF_NAME_LENGTH} characters`)
  }
  if (!Array.isArray(Dimensions) || Dimensions.length === 0) {
    problems.push(`${at}.Dimensions must hold at least one set`)
  } else {
    problems.push(...Dimensions.flatMap((set, index) => setProblems(set, root, `${at}.Dimensions[${index}]`)))
  }
  if (!Array.isArray(Metrics) || Metrics.length > MAX_METRICS_PER_DOCUMENT) {
    problems.push(`${at}.Metrics must be an array of at most ${MAX_METRICS_PER_DOCUMENT}`)
  } else {
    problems.push(
      ...Metrics.flatMap((metric, index) => metricProblems(metric, root, `${at}.Metrics[${index}]`)),
    )
  }
  return problems
}

/**
 * What is wrong with a CloudWatch EMF document; an empty list when nothing is. Checks the published JSON schema and what
 * the specification demands besides: every metric and dimension named must have its value at the root.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 *
 * @example
 * ```ts
 * expect(validateEmf(JSON.parse(line))).toEqual([])
 * ```
 */
export const validateEmf = (document: unknown): string[] => {
  if (!isObject(document)) return ['the document must be an object']
  const aws = target(document, '_aws')
  if (!isObject(aws)) return ['_aws must be an object']
  const { Timestamp, CloudWatchMetrics } = aws
  const problems = Number.isInteger(Timestamp) ? [] : ['_aws.Timestamp must be whole milliseconds']
  if (!Array.isArray(CloudWatchMetrics)) return [...problems, '_aws.CloudWatchMetrics must be an array']
  return [
    ...problems,
    ...CloudWatchMetrics.flatMap((directive, index) =>
      directiveProblems(directive, document, `_aws.CloudWatchMetrics[${index}]`),
    ),
  ]
}

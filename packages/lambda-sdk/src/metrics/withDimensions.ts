import { MAX_DIMENSIONS } from '../emf/limits.ts'
import { isReservedKey } from '../emf/reservedKeys.ts'
import { validDimensionName, validDimensionValue } from '../emf/validNames.ts'
import { reportFailure } from '../output/reportFailure.ts'

/** The handler's dimensions and further ones, all valid; what exceeds CloudWatch's limit is dropped and told once. */
export const withDimensions = (
  base: Readonly<Record<string, string>>,
  extra: Readonly<Record<string, unknown>> | undefined,
): Readonly<Record<string, string>> => {
  if (!extra) return base
  const dimensions: Record<string, string> = { ...base }
  for (const [name, value] of Object.entries(extra)) {
    const valid = validDimensionName(name)
    if (valid === undefined || isReservedKey(valid)) {
      reportFailure(
        'OBSERVE_DIMENSION_NAME',
        `dimension "${name}" was dropped: its name is empty or reserved.`,
      )
      continue
    }
    if (!Object.hasOwn(dimensions, valid) && Object.keys(dimensions).length >= MAX_DIMENSIONS) {
      reportFailure(
        'OBSERVE_DIMENSION_LIMIT',
        `dimension "${valid}" was dropped: a metric takes ${MAX_DIMENSIONS}.`,
      )
      continue
    }
    dimensions[valid] = validDimensionValue(value)
  }
  return dimensions
}

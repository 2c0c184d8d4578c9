import { validateEmf } from './validateEmf.ts'

/** One value as CloudWatch would store it. */
export interface ExtractedMetric {
  namespace: string
  name: string
  unit: string
  /** Epoch milliseconds. */
  timestamp: number
  dimensions: Record<string, string>
  value: number
}

interface Directive {
  Namespace: string
  Dimensions: string[][]
  Metrics: { Name: string; Unit?: string }[]
}

const parse = (line: string): Record<string, unknown> | undefined => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/**
 * The metric values CloudWatch extracts from a log line: one for each value and set of dimensions. A line that is no valid
 * EMF document gives none.
 */
export const extractMetrics = (line: string): ExtractedMetric[] => {
  const document = parse(line)
  if (!document || validateEmf(document).length > 0) return []
  const { Timestamp, CloudWatchMetrics } = document._aws as {
    Timestamp: number
    CloudWatchMetrics: Directive[]
  }
  return CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Metrics.flatMap(({ Name, Unit = 'None' }) =>
      [document[Name]].flat().flatMap((value) =>
        Dimensions.map((set) => ({
          namespace: Namespace,
          name: Name,
          unit: Unit,
          timestamp: Timestamp,
          dimensions: Object.fromEntries(set.map((name) => [name, document[name] as string])),
          value: value as number,
        })),
      ),
    ),
  )
}

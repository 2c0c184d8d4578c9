export interface ExtractedMetric {
  namespace: string
  name: string
  unit: string
  timestamp: number
  values: number[]
  dimensions: Record<string, string>
}
// INTERIM: replaced by @acme/observe-lambda/testing
export const extractMetrics = (line: string): ExtractedMetric[] => {
  const d = JSON.parse(line)
  const out: ExtractedMetric[] = []
  for (const m of d._aws.CloudWatchMetrics)
    for (const set of m.Dimensions)
      for (const def of m.Metrics)
        out.push({
          namespace: m.Namespace,
          name: def.Name,
          unit: def.Unit ?? 'None',
          timestamp: d._aws.Timestamp,
          values: [d[def.Name]].flat(),
          dimensions: Object.fromEntries(set.map((k: string) => [k, String(d[k])])),
        })
  return out
}
export const validateEmf = (_document: unknown): string[] => []

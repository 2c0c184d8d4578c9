import { type Html, html } from './html.ts'

/** A line or bar plot over time; the page's script draws it. */
export interface Chart {
  /** Unique on the page, so that an update finds its plot. */
  id: string
  title: string
  unit: 'count' | 'ms' | 'bytes' | 'score'
  /** Epoch milliseconds of each point. */
  times: readonly number[]
  series: readonly ChartSeries[]
}

export interface ChartSeries {
  label: string
  color: 'accent' | 'good' | 'warn' | 'bad' | 'muted' | 'second'
  kind?: 'line' | 'bars'
  values: readonly (number | null)[]
}

export const chart = (data: Chart): Html => {
  const { id, title, series } = data
  const summary = series.map(({ label, values }) => `${label}: ${summarise(values)}`).join('; ')
  return html`<figure class="chart"><figcaption>${title}</figcaption>
<div class="plot" id="${id}" role="img" aria-label="${title}. ${summary}" data-chart="${JSON.stringify(data)}"></div></figure>`
}

const summarise = (values: readonly (number | null)[]): string => {
  const known = values.filter((value): value is number => value !== null)
  if (known.length === 0) return 'no data'
  const rounded = (value: number) => Math.round(value * 100) / 100
  return `latest ${rounded(known.at(-1) ?? 0)}, highest ${rounded(Math.max(...known))}`
}

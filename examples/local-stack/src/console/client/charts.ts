import uPlot from 'uplot'
import type { Chart, ChartSeries } from '../chart.ts'
import { chartOptions } from './chartOptions.ts'

interface Drawn {
  plot: uPlot
  /** The data attribute it was drawn from. */
  source: string
}

const drawn = new WeakMap<Element, Drawn>()
const resize = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    drawn.get(target)?.plot.setSize({ width: Math.round(contentRect.width), height: HEIGHT })
  }
})
const HEIGHT = 200

/** Draws the plots below a node that are new or whose data has changed. */
export const drawCharts = (root: ParentNode): void => {
  for (const element of root.querySelectorAll<HTMLElement>('[data-chart]')) draw(element)
}

/** Draws every plot anew, for instance in other colours. */
export const redrawCharts = (): void => {
  for (const element of document.querySelectorAll<HTMLElement>('[data-chart]')) {
    drawn.get(element)?.plot.destroy()
    drawn.delete(element)
    draw(element)
  }
}

const draw = (element: HTMLElement) => {
  const source = element.dataset.chart ?? ''
  const before = drawn.get(element)
  if (before?.source === source) return
  const chart = JSON.parse(source) as Chart
  const data = plotData(chart)
  if (before) {
    before.plot.setData(data)
    before.source = source
    return
  }
  const plot = new uPlot(
    chartOptions(chart, element, { width: element.clientWidth, height: HEIGHT }),
    data,
    element,
  )
  drawn.set(element, { plot, source })
  resize.observe(element)
}

/** uPlot counts in seconds. */
const plotData = ({ times, series }: Chart): uPlot.AlignedData => [
  times.map((ms) => ms / 1000),
  ...series.map(({ values }: ChartSeries) => [...values]),
]

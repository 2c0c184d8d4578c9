import { drawCharts, redrawCharts } from './charts.ts'
import { followLive } from './live.ts'

drawCharts(document)
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redrawCharts)
followLive()
document.querySelector('nav [aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' })

import type * as cog from '@grafana/grafana-foundation-sdk/cog'
import {
  GraphGradientMode,
  LegendDisplayMode,
  LegendPlacement,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common'
import {
  DashboardBuilder,
  DashboardLinkBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { PanelBuilder as LogsPanel } from '@grafana/grafana-foundation-sdk/logs'
import { PanelBuilder as StatPanel } from '@grafana/grafana-foundation-sdk/stat'
import { PanelBuilder as TablePanel } from '@grafana/grafana-foundation-sdk/table'
import { PanelBuilder as TimeseriesPanel } from '@grafana/grafana-foundation-sdk/timeseries'
import { CLOUDWATCH } from './queries.ts'

type Query = cog.Builder<cog.Dataquery>

/** A dashboard and the folder it is provisioned into. */
export interface ObserveDashboard {
  folderUid: 'infrastructure' | 'application' | 'frontend'
  dashboard: DashboardBuilder
}

/**
 * A dashboard with our defaults: UTC times as the organisation has them, six hours, no refresh of its own. Refreshing
 * costs GetMetricData calls for as long as a tab stays open, so it is the reader's choice, and never under five minutes.
 */
export const dashboard = (uid: string, title: string, description: string): DashboardBuilder =>
  new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags(['observe'])
    .timezone('')
    .time({ from: 'now-6h', to: 'now' })
    .refresh('')
    .readonly()

/** A line chart. `width` of 24 is the whole row. */
export const lines = (
  title: string,
  description: string,
  unit: string,
  targets: Query[],
  width = 12,
): TimeseriesPanel =>
  new TimeseriesPanel()
    .title(title)
    .description(description)
    .datasource(CLOUDWATCH)
    .unit(unit)
    .min(0)
    .targets(targets)
    .span(width)
    .height(8)
    // 300 points keep the period at a minute or more, so a longer range does not ask for more data.
    .maxDataPoints(300)
    .lineWidth(1)
    .fillOpacity(8)
    .gradientMode(GraphGradientMode.None)
    .showPoints(VisibilityMode.Never)
    .spanNulls(false)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true)
        .calcs([]),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort('desc' as never))

/** A single number with limits: green below the first, amber below the second, red above. */
export const stat = (
  title: string,
  description: string,
  unit: string,
  target: Query,
  limits?: readonly [number, number],
  width = 4,
): StatPanel => {
  const panel = new StatPanel()
    .title(title)
    .description(description)
    .datasource(CLOUDWATCH)
    .unit(unit)
    .targets([target])
    .span(width)
    .height(4)
    .maxDataPoints(100)
  return limits ? panel.thresholds(thresholds(limits)) : panel
}

/** Green below the first limit, amber below the second, red above. */
export const thresholds = ([warning, bad]: readonly [number, number]): ThresholdsConfigBuilder =>
  new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([
    { value: null as never, color: 'green' },
    { value: warning, color: 'orange' },
    { value: bad, color: 'red' },
  ])

/** A table of a Logs Insights result. */
export const table = (title: string, description: string, target: Query, width = 24): TablePanel =>
  new TablePanel()
    .title(title)
    .description(description)
    .datasource(CLOUDWATCH)
    .targets([target])
    .span(width)
    .height(9)

/** Log lines. */
export const logLines = (title: string, description: string, target: Query, width = 24): LogsPanel =>
  new LogsPanel()
    .title(title)
    .description(description)
    .datasource(CLOUDWATCH)
    .targets([target])
    .span(width)
    .height(12)
    .showTime(true)
    .wrapLogMessage(true)
    .enableLogDetails(true)

/** A link of a cell. `url` may use Grafana's data variables. */
export const link = (title: string, url: string): DashboardLinkBuilder =>
  new DashboardLinkBuilder(title).url(url).targetBlank(true)

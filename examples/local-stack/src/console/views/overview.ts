import { rateVital, VITAL_NAMES } from '../../vitalThresholds.ts'
import { chart } from '../chart.ts'
import { badge, emptyState, panel, shareBar, table, tile, timeAgo } from '../components.ts'
import { formatCount, formatDuration, formatPercent, formatVital } from '../format.ts'
import { type Html, html } from '../html.ts'
import { errorGroups } from '../queries/errors.ts'
import { overviewTotals, requestSpan, trafficOverTime } from '../queries/overview.ts'
import { newestSessions } from '../queries/sessions.ts'
import { summariseVitals, type VitalSummary } from '../queries/vitals.ts'
import { rangeChoices, readRange, type TimeRange, timeAxis } from '../timeRange.ts'
import type { View, ViewContext } from '../view.ts'
import { errorTitle } from './errorList.ts'
import { sessionTable } from './sessionList.ts'
import { ratingFigure } from './vitals.ts'

/** Is it well? The numbers of the chosen time, and where to look further. */
export const overviewView: View = async (context) => {
  const { store, url, now, shopUrl } = context
  const range = readRange(url.searchParams, now)
  const totals = await overviewTotals(store, range)
  const vitals = await summariseVitals(store, { range, device: '' })
  const sessions = await newestSessions(store, 6)
  if (totals.requests === 0 && totals.page_views === 0 && sessions.length === 0) {
    return {
      title: 'Overview',
      body: emptyState(
        'Nothing has arrived yet',
        html`Open <a href="${shopUrl}" target="_blank" rel="noreferrer">the shop</a> and click around, or start the stack with <code>npm run demo -- --simulate 200</code>.`,
      ),
    }
  }
  const failureShare = totals.requests > 0 ? totals.failures / totals.requests : 0
  return {
    title: 'Overview',
    actions: rangeChoices(url, range),
    body: html`<dl class="tiles">
${tile('Sessions', formatCount(totals.sessions), `${formatCount(totals.page_views)} page views`)}
${tile('Page errors', formatCount(totals.errors), `in ${formatCount(totals.sessions_with_errors)} sessions`, totals.errors > 0 ? 'bad' : 'neutral')}
${tile('API requests', formatCount(totals.requests), `${formatCount(totals.failures)} failed`)}
${tile('API failures', formatPercent(failureShare), 'of all requests', failureShare > 0.01 ? 'bad' : 'neutral')}
${tile('API latency p95', totals.p95 === null ? '–' : formatDuration(totals.p95), totals.p50 === null ? '' : `p50 ${formatDuration(totals.p50)}`)}
</dl>
${vitalStrip(vitals)}
${await traffic(context, range)}
<div class="columns">
${panel('Newest sessions', sessionTable(sessions, now, true), html`<a href="/sessions">All sessions</a>`)}
${await recentErrors(context)}
</div>`,
  }
}

const vitalStrip = (vitals: readonly VitalSummary[]): Html => {
  const cards = VITAL_NAMES.map((name) => {
    const vital = vitals.find((one) => one.name === name)
    if (!vital)
      return html`<li class="vital-mini"><h3>${name}</h3><p class="figure neutral">–</p><p class="note">no reports</p></li>`
    return html`<li class="vital-mini"><h3>${name}</h3>
<p>${ratingFigure(rateVital(name, vital.p75), formatVital(name, vital.p75))}</p>
${shareBar([vital.good, vital.needs_improvement, vital.poor])}</li>`
  })
  return panel(
    'Web Vitals at the 75th percentile',
    html`<ul class="vital-strip">${cards}</ul>`,
    html`<a href="/vitals">Distributions</a>`,
  )
}

const traffic = async ({ store }: ViewContext, range: TimeRange): Promise<Html> => {
  const span = await requestSpan(store, range)
  if (!span) return html``
  const { stepMs, times } = timeAxis(span.first, span.last)
  const buckets = new Map(
    (await trafficOverTime(store, range, stepMs)).map((bucket) => [bucket.at_ms, bucket]),
  )
  return html`<div class="columns">
${panel(
  'API traffic',
  chart({
    id: 'traffic',
    title: `Requests every ${formatDuration(stepMs)}`,
    unit: 'count',
    times,
    series: [
      {
        label: 'Requests',
        color: 'accent',
        kind: 'bars',
        values: times.map((at) => buckets.get(at)?.requests ?? 0),
      },
      {
        label: 'Failures',
        color: 'bad',
        kind: 'bars',
        values: times.map((at) => buckets.get(at)?.failures ?? 0),
      },
    ],
  }),
)}
${panel(
  'API latency',
  chart({
    id: 'latency',
    title: 'As the page sees it, p50 and p95',
    unit: 'ms',
    times,
    series: [
      { label: 'p50', color: 'second', values: times.map((at) => buckets.get(at)?.p50 ?? null) },
      { label: 'p95', color: 'accent', values: times.map((at) => buckets.get(at)?.p95 ?? null) },
    ],
  }),
)}</div>`
}

const recentErrors = async ({ store, now }: ViewContext): Promise<Html> => {
  const groups = await errorGroups(store, 6)
  const body =
    groups.length === 0
      ? emptyState('No errors on pages', 'Errors that pages report are grouped here.')
      : table(
          'Newest errors',
          [{ label: 'Error' }, { label: 'Count', numeric: true }, { label: 'Last seen', numeric: true }],
          groups.map((group) => [
            html`<a class="row-link" href="/errors/${encodeURIComponent(group.fingerprint)}">${errorTitle(group.line)}</a>`,
            badge('bad', formatCount(group.occurrences)),
            timeAgo(group.last_ms, now),
          ]),
        )
  return panel('Newest errors', body, html`<a href="/errors">All errors</a>`)
}

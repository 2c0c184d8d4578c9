import type { WebVitalName, WebVitalRating } from '@acme/observe-schema/types'
import { rateVital, VITAL_NAMES, VITAL_THRESHOLDS } from '../../vitalThresholds.ts'
import {
  badge,
  choices,
  emptyState,
  panel,
  RATING_LABEL,
  ratingTone,
  shareBar,
  table,
} from '../components.ts'
import { formatCount, formatVital } from '../format.ts'
import { histogram } from '../histogram.ts'
import { type Html, html } from '../html.ts'
import { type RouteVital, summariseVitals, type VitalSummary, vitalsByRoute } from '../queries/vitals.ts'
import { rangeChoices, readRange } from '../timeRange.ts'
import type { View } from '../view.ts'

const MEANING: Readonly<Record<WebVitalName, string>> = {
  LCP: 'Largest Contentful Paint',
  INP: 'Interaction to Next Paint',
  CLS: 'Cumulative Layout Shift',
  FCP: 'First Contentful Paint',
  TTFB: 'Time to First Byte',
  FID: 'First Input Delay',
}
const DEVICES = ['', 'desktop', 'mobile', 'tablet'] as const

/** How the pages feel: each vital at p75 against its thresholds, its distribution, and by route. */
export const vitalsView: View = async ({ store, url, now }) => {
  const range = readRange(url.searchParams, now)
  const device = DEVICES.find((one) => one === url.searchParams.get('device')) ?? ''
  const vitals = await summariseVitals(store, { range, device })
  const routes = await vitalsByRoute(store, { range, device })
  return {
    title: 'Web Vitals',
    actions: html`${choices(
      'Device',
      DEVICES.map((one) => ({
        label: one === '' ? 'All devices' : one,
        href: `/vitals?range=${range.name}&device=${one}`,
        current: one === device,
      })),
    )}${rangeChoices(url, range)}`,
    body:
      vitals.length === 0
        ? emptyState(
            'No vitals in this time',
            'Pages report them on load, on the first interaction and when they are hidden. Open the shop, click something, and switch to another tab.',
          )
        : html`<div class="vital-grid">${VITAL_NAMES.map((name) =>
            vitalCard(
              name,
              vitals.find((one) => one.name === name),
            ),
          )}</div>
${panel('By route, at the 75th percentile', routeTable(routes))}`,
  }
}

/** A value in its rating's colour, and the rating in words. */
export const ratingFigure = (rating: WebVitalRating, value: string): Html =>
  html`<span class="figure ${ratingTone(rating)}">${value}</span><span class="visually-hidden"> ${RATING_LABEL[rating]}</span>`

const vitalCard = (name: WebVitalName, vital: VitalSummary | undefined): Html => {
  if (!vital) {
    return html`<section class="panel vital"><header><h2>${name} <span class="note">${MEANING[name]}</span></h2></header>${emptyState('No reports', 'None in this time.')}</section>`
  }
  const rating = rateVital(name, vital.p75)
  const [good, poor] = VITAL_THRESHOLDS[name]
  return html`<section class="panel vital"><header><h2>${name} <span class="note">${MEANING[name]}</span></h2></header>
<div class="vital-head">${ratingFigure(rating, formatVital(name, vital.p75))}${badge(ratingTone(rating), RATING_LABEL[rating])}</div>
${shareBar([vital.good, vital.needs_improvement, vital.poor])}
${histogram(name, vital.values)}
<p class="note thresholds">p75 of ${formatCount(vital.samples)} reports. Good up to ${formatVital(name, good)}, poor above ${formatVital(name, poor)}.</p></section>`
}

const routeTable = (rows: readonly RouteVital[]): Html => {
  const routes = [...new Set(rows.map(({ route }) => route))].slice(0, 50)
  return table(
    'Vitals by route',
    [
      { label: 'Route' },
      ...VITAL_NAMES.map((label) => ({ label, numeric: true })),
      { label: 'Reports', numeric: true },
    ],
    routes.map((route) => {
      const own = rows.filter((row) => row.route === route)
      return [
        html`<span class="mono">${route}</span>`,
        ...VITAL_NAMES.map((name) => {
          const vital = own.find((row) => row.name === name)
          if (!vital) return html`<span class="faint">–</span>`
          const rating = rateVital(name, vital.p75)
          return html`<span class="cell ${ratingTone(rating)}" title="${RATING_LABEL[rating]}, ${vital.samples} reports">${formatVital(name, vital.p75)}</span>`
        }),
        formatCount(own.reduce((sum, { samples }) => sum + samples, 0)),
      ]
    }),
  )
}

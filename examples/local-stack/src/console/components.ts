import type { WebVitalRating } from '@acme/observe-schema/types'
import { formatAgo, formatPercent } from './format.ts'
import { type Html, html } from './html.ts'

/** The small pieces the views are made of. */

export const RATING_LABEL: Readonly<Record<WebVitalRating, string>> = {
  good: 'Good',
  'needs-improvement': 'Needs improvement',
  poor: 'Poor',
}

export type Tone = 'good' | 'warn' | 'bad' | 'neutral' | 'accent'

export const ratingTone = (rating: string | null | undefined): Tone =>
  rating === 'good' ? 'good' : rating === 'needs-improvement' ? 'warn' : rating === 'poor' ? 'bad' : 'neutral'

export const badge = (tone: Tone, label: string): Html => html`<span class="badge ${tone}">${label}</span>`

/** One number with its name, and a word on what it means. */
export const tile = (
  label: string,
  value: string | Html,
  note: string | Html = '',
  tone: Tone = 'neutral',
): Html =>
  html`<div class="tile"><dt>${label}</dt><dd><span class="figure ${tone}">${value}</span><span class="note">${note}</span></dd></div>`

export const panel = (title: string, body: Html, aside: Html | string = '', id = ''): Html =>
  html`<section class="panel" ${id && html`id="${id}"`}><header><h2>${title}</h2>${aside && html`<div class="aside">${aside}</div>`}</header>${body}</section>`

/** Says why there is nothing, and what to do about it. */
export const emptyState = (title: string, hint: Html | string): Html =>
  html`<div class="empty"><p class="empty-title">${title}</p><p>${hint}</p></div>`

export const timeAgo = (ms: number, nowMs: number): Html =>
  html`<time datetime="${new Date(ms).toISOString()}" title="${new Date(ms).toISOString()}">${formatAgo(ms, nowMs)}</time>`

export interface Column {
  label: string
  numeric?: boolean
  /** Dropped first where the screen is narrow. */
  minor?: boolean
}

/** A table that scrolls inside its panel where the screen is too narrow. */
export const table = (
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly (Html | string)[])[],
): Html => {
  const cls = ({ numeric, minor }: Column) => [numeric && 'num', minor && 'minor'].filter(Boolean).join(' ')
  return html`<div class="table-wrap" tabindex="0" role="region" aria-label="${caption}"><table>
<caption class="visually-hidden">${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col" class="${cls(column)}">${column.label}</th>`)}</tr></thead>
<tbody>${rows.map(
    (cells) =>
      html`<tr>${cells.map((cell, index) => html`<td class="${cls(columns[index] ?? { label: '' })}">${cell}</td>`)}</tr>`,
  )}</tbody></table></div>`
}

/** Shares of good, needs improvement and poor, as one bar and in words. */
export const shareBar = (counts: readonly [good: number, needsImprovement: number, poor: number]): Html => {
  const total = counts[0] + counts[1] + counts[2]
  if (total === 0) return html``
  const shares = counts.map((count) => (count / total) * 100)
  const [good = 0, middle = 0, poor = 0] = shares
  return html`<div class="share">
<svg class="share-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
<rect class="good" x="0" width="${good}" height="6"/><rect class="warn" x="${good}" width="${middle}" height="6"/><rect class="bad" x="${good + middle}" width="${poor}" height="6"/></svg>
<ul class="share-legend"><li class="good">${formatPercent(good / 100)} good</li><li class="warn">${formatPercent(middle / 100)} needs improvement</li><li class="bad">${formatPercent(poor / 100)} poor</li></ul></div>`
}

/** Bars over time, for a table cell. */
export const sparkBars = (values: readonly number[], label: string): Html => {
  const most = Math.max(1, ...values)
  const width = 100 / Math.max(1, values.length)
  return html`<svg class="spark" viewBox="0 0 100 20" preserveAspectRatio="none" role="img" aria-label="${label}">${values.map(
    (value, index) => {
      const height = value === 0 ? 0 : Math.max(2, (value / most) * 20)
      return html`<rect x="${round(index * width)}" y="${round(20 - height)}" width="${round(width * 0.8)}" height="${round(height)}"/>`
    },
  )}</svg>`
}

const round = (value: number): number => Math.round(value * 100) / 100

/** Links that choose one of a few values of a query parameter. */
export const choices = (
  label: string,
  options: readonly { label: string; href: string; current: boolean }[],
): Html =>
  html`<nav class="choices" aria-label="${label}">${options.map(
    (option) =>
      html`<a href="${option.href}" ${option.current && html`aria-current="true"`}>${option.label}</a>`,
  )}</nav>`

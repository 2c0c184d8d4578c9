import { formatClock, formatDuration } from '../format.ts'
import { type Html, html } from '../html.ts'
import { icon } from '../icons.ts'
import type { TimelineItem } from './TimelineItem.ts'

/** The timeline as a list; the waterfall column shows where in the session each line lies. */
export const renderTimeline = (items: readonly TimelineItem[]): Html => {
  const start = items[0]?.at ?? 0
  const end = Math.max(...items.map(({ at, duration = 0 }) => at + duration), start + 1)
  return html`<ol class="timeline" aria-label="Timeline">${items.map((item, index) =>
    renderItem(item, index, start, end - start),
  )}</ol>`
}

const renderItem = (item: TimelineItem, index: number, start: number, spanMs: number): Html => {
  const { at, duration, kind, title, notes, tone, nested, link, details } = item
  const left = ((at - start) / spanMs) * 100
  const head = html`<span class="t-offset" title="${formatClock(at, true)}">+${formatDuration(at - start)}</span>
<span class="t-icon">${icon(item.icon)}</span>
<span class="t-text"><span class="t-title">${title}</span> <span class="t-notes">${notes.map((note) => html`<span>${note}</span>`)}</span></span>
<span class="t-duration">${duration !== undefined && formatDuration(duration)}</span>
<svg class="t-waterfall" aria-hidden="true"><line x1="0" x2="100%" y1="50%" y2="50%"/>${
    duration !== undefined &&
    html`<rect x="${left.toFixed(2)}%" y="5" width="${((duration / spanMs) * 100).toFixed(2)}%" height="8" rx="2"/>`
  }<circle cx="${left.toFixed(2)}%" cy="9" r="3"/></svg>`
  return html`<li class="t-item ${kind} ${tone} ${nested && 'nested'}">${
    details === undefined
      ? html`<div class="t-head">${link ? html`<a class="t-link" href="${link}">${head}</a>` : head}</div>`
      : html`<details id="t${index}"><summary class="t-head">${head}</summary><div class="t-details">${
          link && html`<p><a href="${link}">Open</a></p>`
        }<pre tabindex="0">${details}</pre></div></details>`
  }</li>`
}

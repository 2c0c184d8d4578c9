import { badge, emptyState, panel, sparkBars, table, timeAgo } from '../components.ts'
import { formatCount } from '../format.ts'
import { html } from '../html.ts'
import { parseObject } from '../json.ts'
import { type ErrorGroup, errorGroups, functionErrors } from '../queries/errors.ts'
import type { View } from '../view.ts'

const SHOWN = 200
const SPARK_BARS = 24

/** What breaks: page errors by fingerprint, and what functions logged as errors. */
export const errorListView: View = async ({ store, now, shopUrl }) => {
  const groups = await errorGroups(store, SHOWN)
  const functions = await functionErrors(store, 50)
  const first = Math.min(...groups.map(({ first_ms }) => first_ms))
  return {
    title: 'Errors',
    body: html`${panel(
      'On pages',
      groups.length === 0
        ? emptyState(
            'No errors on pages',
            html`That is good news. To see one, <a href="${shopUrl}/trouble" target="_blank" rel="noreferrer">open the shop’s trouble page</a>.`,
          )
        : table(
            'Errors on pages',
            [
              { label: 'Error' },
              { label: 'Trend', minor: true },
              { label: 'Count', numeric: true },
              { label: 'Sessions', numeric: true },
              { label: 'Last seen', numeric: true },
            ],
            groups.map((group) => [
              html`<a class="row-link" href="/errors/${encodeURIComponent(group.fingerprint)}">${errorTitle(group.line)}</a><span class="note block">${errorSource(group.line)}</span>`,
              sparkBars(spread(group.times, first, now), `${group.occurrences} in all`),
              badge('bad', formatCount(group.occurrences)),
              formatCount(group.sessions),
              timeAgo(group.last_ms, now),
            ]),
          ),
    )}
${panel(
  'In functions',
  functions.length === 0
    ? emptyState('No errors in functions', 'Lines that functions log at level ERROR are grouped here.')
    : table(
        'Errors in functions',
        [
          { label: 'Message' },
          { label: 'Function' },
          { label: 'Requests', numeric: true },
          { label: 'Last seen', numeric: true },
          { label: 'Session', minor: true },
        ],
        functions.map((row) => [
          row.message,
          html`<span class="mono">${row.function_name}</span>`,
          badge('bad', formatCount(row.occurrences)),
          timeAgo(row.last_ms, now),
          row.session_id === null
            ? html`<span class="faint">–</span>`
            : html`<a class="mono" href="/sessions/${encodeURIComponent(row.session_id)}">${row.session_id.slice(-12)}</a>`,
        ]),
      ),
)}`,
  }
}

/** `Name: message` of a logged error. */
export const errorTitle = (line: string): string => {
  const error = parseObject(parseObject(line)?.error)
  return `${error?.name ?? 'Error'}: ${error?.message ?? '(no message)'}`
}

const errorSource = (line: string): string => {
  const json = parseObject(line)
  const error = parseObject(json?.error)
  return [error?.source, error?.handled === true ? 'handled' : 'unhandled', json?.pagePath]
    .filter(Boolean)
    .join(' · ')
}

const spread = (times: ErrorGroup['times'], first: number, now: number): number[] => {
  const bars = new Array<number>(SPARK_BARS).fill(0)
  for (const at of times) {
    const index = Math.min(SPARK_BARS - 1, Math.floor(((at - first) / Math.max(1, now - first)) * SPARK_BARS))
    bars[index] = (bars[index] ?? 0) + 1
  }
  return bars
}

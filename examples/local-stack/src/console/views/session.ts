import { choices, emptyState, tile } from '../components.ts'
import { formatClock, formatCount, formatDuration } from '../format.ts'
import { html } from '../html.ts'
import { findSession } from '../queries/sessions.ts'
import { loadTimeline } from '../timeline/loadTimeline.ts'
import { renderTimeline } from '../timeline/renderTimeline.ts'
import type { TimelineItem } from '../timeline/TimelineItem.ts'
import type { View } from '../view.ts'

const FILTERS: readonly (readonly [label: string, kinds: readonly TimelineItem['kind'][] | undefined])[] = [
  ['All', undefined],
  ['Page', ['page', 'custom', 'vital', 'error']],
  ['API', ['api', 'log', 'metrics']],
  ['Errors', ['error']],
  ['Wire', ['envelope', 'analytics', 'replay']],
]

/** One visit from beginning to end: what the page, the API and its functions did, in one list. */
export const sessionView: View = async ({ store, url }, sessionId) => {
  const session = await findSession(store, sessionId)
  if (!session) return undefined
  const timeline = await loadTimeline(store, sessionId)
  const shown = url.searchParams.get('show') ?? 'All'
  const kinds = FILTERS.find(([label]) => label === shown)?.[1]
  const items = kinds ? timeline.filter(({ kind }) => kinds.includes(kind)) : timeline
  return {
    title: `Session ${sessionId.slice(-12)}`,
    parent: { label: 'Sessions', href: '/sessions' },
    body: html`<dl class="tiles">
${tile('Started', formatClock(session.started_ms), new Date(session.started_ms).toDateString())}
${tile('Duration', formatDuration(session.ended_ms - session.started_ms), session.device_type ?? '')}
${tile('Pages', formatCount(session.pages), session.first_page ?? '')}
${tile('Errors', formatCount(session.errors), 'on the page', session.errors > 0 ? 'bad' : 'neutral')}
${tile('API calls', formatCount(session.api_calls), `${formatCount(session.api_failures)} failed`)}
</dl>
<p class="ids"><span>Session id</span> <code>${sessionId}</code> <a href="/wire?session=${encodeURIComponent(sessionId)}">What left the page</a></p>
<section class="panel"><header><h2>Timeline</h2><div class="aside">${choices(
      'Show',
      FILTERS.map(([label]) => ({ label, href: `?show=${label}`, current: label === shown })),
    )}</div></header>
${items.length === 0 ? emptyState('Nothing of this kind', html`<a href="?show=All">Show all lines</a>`) : renderTimeline(items)}</section>`,
  }
}

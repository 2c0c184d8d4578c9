import { badge, emptyState, ratingTone, table, timeAgo } from '../components.ts'
import { formatCount, formatDuration } from '../format.ts'
import { type Html, html } from '../html.ts'
import { icon } from '../icons.ts'
import { countSessions, newestSessions, type SessionRow } from '../queries/sessions.ts'
import type { View } from '../view.ts'

const SHOWN = 200
const WORST = ['good', 'needs-improvement', 'poor'] as const
const WORST_LABEL = ['Good', 'Needs impr.', 'Poor'] as const

/** Every visit, the newest first. */
export const sessionListView: View = async ({ store, now, shopUrl }) => {
  const sessions = await newestSessions(store, SHOWN)
  const total = await countSessions(store)
  return {
    title: 'Sessions',
    body:
      sessions.length === 0
        ? emptyState(
            'No sessions yet',
            html`A session begins when a page with the browser SDK opens. <a href="${shopUrl}" target="_blank" rel="noreferrer">Open the shop</a>.`,
          )
        : html`<section class="panel">${sessionTable(sessions, now)}</section>
<p class="foot">${total > SHOWN ? `The newest ${SHOWN} of ${formatCount(total)} sessions.` : `${formatCount(total)} sessions.`}</p>`,
  }
}

export const sessionTable = (sessions: readonly SessionRow[], now: number, short = false): Html => {
  if (sessions.length === 0) return emptyState('No sessions yet', 'Open the shop to begin one.')
  const columns = [
    { label: 'Started' },
    { label: 'Session' },
    { label: 'Pages', numeric: true },
    { label: 'Errors', numeric: true },
    { label: 'Worst vital' },
    ...(short
      ? []
      : [
          { label: 'API calls', numeric: true },
          { label: 'Duration', numeric: true, minor: true },
          { label: 'Device', minor: true },
          { label: 'Replay', minor: true },
        ]),
  ]
  return table(
    'Sessions',
    columns,
    sessions.map((session) => [
      timeAgo(session.started_ms, now),
      html`<a class="row-link mono" href="/sessions/${encodeURIComponent(session.session_id)}">${session.session_id.slice(-12)}</a>${!short && session.first_page && html` <span class="note">${session.first_page}</span>`}`,
      formatCount(session.pages),
      session.errors > 0 ? badge('bad', formatCount(session.errors)) : html`<span class="faint">0</span>`,
      session.worst_vital === null
        ? html`<span class="faint">–</span>`
        : badge(ratingTone(WORST[session.worst_vital]), WORST_LABEL[session.worst_vital] ?? ''),
      ...(short
        ? []
        : [
            html`${formatCount(session.api_calls)}${session.api_failures > 0 && html` ${badge('bad', `${session.api_failures} failed`)}`}`,
            formatDuration(session.ended_ms - session.started_ms),
            session.device_type ?? html`<span class="faint">–</span>`,
            session.replay_url
              ? html`<span class="has-replay">${icon('replay')} recorded</span>`
              : html`<span class="faint">–</span>`,
          ]),
    ]),
  )
}

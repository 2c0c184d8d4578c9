import { MAX_BATCH_BYTES } from '@acme/observe-schema/limits'
import type { Row } from '../../store/tables.ts'
import { badge, choices, emptyState, panel, table, tile, timeAgo } from '../components.ts'
import { formatBytes, formatCount, formatPercent } from '../format.ts'
import { type Html, html } from '../html.ts'
import { parseObject } from '../json.ts'
import { newestAnalytics, newestEnvelopes, newestReplayBatches, wireTotals } from '../queries/envelopes.ts'
import type { View, ViewContext } from '../view.ts'

const SHOWN = 100
const KINDS = ['collector', 'analytics', 'replay'] as const
const LABELS = { collector: 'Collector', analytics: 'Analytics', replay: 'Replay' } as const

/** What left the page: every body as it was sent, for anyone who asks what is collected. */
export const wireListView: View = async (context) => {
  const { store, url } = context
  const kind = KINDS.find((one) => one === url.searchParams.get('kind')) ?? 'collector'
  const totals = await wireTotals(store)
  return {
    title: 'What left the page',
    actions: choices(
      'Receiver',
      KINDS.map((one) => ({ label: LABELS[one], href: `/wire?kind=${one}`, current: one === kind })),
    ),
    body: html`<dl class="tiles">
${tile('Batches', formatCount(totals.batches), 'to the collector')}
${tile('Bytes', formatBytes(totals.bytes), totals.batches > 0 ? `${formatBytes(Math.round(totals.bytes / totals.batches))} on average` : '')}
${tile('Largest', formatBytes(totals.largest), `${formatPercent(totals.largest / MAX_BATCH_BYTES)} of the limit`, totals.largest > MAX_BATCH_BYTES ? 'bad' : 'neutral')}
${tile('Not accepted', formatCount(totals.refused), 'answer was not 202', totals.refused > 0 ? 'warn' : 'neutral')}
${tile('Analytics events', formatCount(totals.analytics), `${formatBytes(totals.replay_bytes)} of replay`)}
</dl>
${kind === 'collector' ? await collector(context) : kind === 'analytics' ? await analytics(context) : await replay(context)}`,
  }
}

const collector = async ({ store, url, now, shopUrl }: ViewContext): Promise<Html> => {
  const session = url.searchParams.get('session') ?? ''
  const rows = await newestEnvelopes(store, session, SHOWN)
  if (rows.length === 0) {
    return emptyState(
      'No page has sent anything yet',
      html`<a href="${shopUrl}" target="_blank" rel="noreferrer">Open the shop</a>: its first batch leaves within seconds.`,
    )
  }
  return panel(
    session ? 'Batches of one session' : 'Batches to the collector',
    table(
      'Batches',
      [
        { label: 'Sent' },
        { label: 'Batch' },
        { label: 'Events' },
        { label: 'Size', numeric: true },
        { label: 'Status', numeric: true },
        { label: 'Session', minor: true },
      ],
      rows.map((row) => [
        timeAgo(row.at_ms, now),
        html`<a class="row-link mono" href="/wire/${row.seq}">${row.batch_id?.slice(-12) ?? `#${row.seq}`}</a>`,
        eventTypes(row),
        formatBytes(row.size_bytes),
        badge(row.status === 202 ? 'good' : 'bad', row.status === null ? 'no answer' : String(row.status)),
        row.session_id === null
          ? html`<span class="faint">–</span>`
          : html`<a class="mono" href="/sessions/${encodeURIComponent(row.session_id)}">${row.session_id.slice(-12)}</a>`,
      ]),
    ),
    session ? html`<a href="/wire">All sessions</a>` : html`<span class="note">the newest ${SHOWN}</span>`,
  )
}

/** `6: 3 web-vital, 2 page-view, 1 error` */
const eventTypes = ({ body }: Row<'envelopes'>): Html => {
  const events = parseObject(Buffer.from(body).toString('utf8'))?.events
  if (!Array.isArray(events)) return badge('bad', 'not an envelope')
  const counts = new Map<string, number>()
  for (const event of events) {
    const type = String(parseObject(event)?.type)
    counts.set(type, (counts.get(type) ?? 0) + 1)
  }
  return html`<span class="dimensions">${[...counts].map(([type, count]) => html`<span><span class="note">${count}</span> ${type}</span>`)}</span>`
}

const analytics = async ({ store, now }: ViewContext): Promise<Html> => {
  const rows = await newestAnalytics(store, SHOWN)
  if (rows.length === 0)
    return emptyState('No analytics yet', 'Pages that have analytics switched on send page views here.')
  return panel(
    'Analytics events',
    table(
      'Analytics events',
      [{ label: 'Sent' }, { label: 'Type' }, { label: 'Page or name' }, { label: 'Payload' }],
      rows.map((row) => [
        timeAgo(row.at_ms, now),
        row.type,
        html`<span class="mono">${row.name ?? row.url ?? ''}</span>`,
        html`<details id="a${row.seq}"><summary>${formatBytes(Buffer.byteLength(row.payload))}</summary><pre tabindex="0">${JSON.stringify(parseObject(row.payload), undefined, 2)}</pre></details>`,
      ]),
    ),
  )
}

const replay = async ({ store, now }: ViewContext): Promise<Html> => {
  const rows = await newestReplayBatches(store, SHOWN)
  if (rows.length === 0) {
    return emptyState(
      'No replay yet',
      'Pages that have session replay switched on send their recordings here.',
    )
  }
  return panel(
    'Replay batches',
    table(
      'Replay batches',
      [
        { label: 'Sent' },
        { label: 'Replay' },
        { label: 'Data' },
        { label: 'Encoding' },
        { label: 'Size', numeric: true },
      ],
      rows.map((row) => [
        timeAgo(row.at_ms, now),
        html`<span class="mono">${row.replay_id ?? ''}</span>`,
        row.data_type ?? '',
        row.content_encoding ?? 'none',
        formatBytes(row.size_bytes),
      ]),
    ),
  )
}

import { MAX_BATCH_BYTES } from '@acme/observe-schema/limits'
import { choices, panel, tile } from '../components.ts'
import { formatBytes, formatClock, formatPercent } from '../format.ts'
import { html } from '../html.ts'
import { parseObject } from '../json.ts'
import { findEnvelope } from '../queries/envelopes.ts'
import type { View } from '../view.ts'

/** One body as it left the page, byte for byte or laid out. */
export const wireView: View = async ({ store, url }, parameter) => {
  const row = /^\d{1,16}$/.test(parameter) ? await findEnvelope(store, Number(parameter)) : undefined
  if (!row) return undefined
  const text = Buffer.from(row.body).toString('utf8')
  const json = parseObject(text)
  const pretty = json !== undefined && url.searchParams.get('view') !== 'bytes'
  const events = Array.isArray(json?.events) ? json.events.length : 0
  return {
    title: `Batch ${row.batch_id?.slice(-12) ?? `#${row.seq}`}`,
    parent: { label: 'What left the page', href: '/wire' },
    body: html`<dl class="tiles">
${tile('Size', formatBytes(row.size_bytes), `${formatPercent(row.size_bytes / MAX_BATCH_BYTES)} of the limit`)}
${tile('Events', String(events), events > 0 ? `${formatBytes(Math.round(row.size_bytes / events))} each` : 'not an envelope')}
${tile('Answer', row.status === null ? 'none' : String(row.status), 'of the collector', row.status === 202 ? 'good' : 'bad')}
${tile('Received', formatClock(row.at_ms, true), new Date(row.at_ms).toDateString())}
</dl>
<p class="ids"><span>Content-Type</span> <code>${row.content_type ?? 'none'}</code> <span>Origin</span> <code>${row.origin ?? 'none'}</code>${
      row.session_id !== null &&
      html` <a href="/sessions/${encodeURIComponent(row.session_id)}">Session ${row.session_id.slice(-12)}</a>`
    }</p>
${panel(
  'Body',
  html`<pre class="body ${!pretty && 'wrap'}" tabindex="0">${pretty ? JSON.stringify(json, undefined, 2) : text}</pre>`,
  html`${choices('Layout', [
    { label: 'Laid out', href: '?view=pretty', current: pretty },
    { label: 'As sent', href: '?view=bytes', current: !pretty },
  ])}<a href="/wire/${row.seq}/body" download="batch-${row.seq}.json">Download</a>`,
)}`,
  }
}

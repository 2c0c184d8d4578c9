import { badge, panel, table, tile, timeAgo } from '../components.ts'
import { formatClock, formatCount } from '../format.ts'
import { type Html, html } from '../html.ts'
import { parseObject } from '../json.ts'
import { findErrorGroup, occurrences } from '../queries/errors.ts'
import type { View } from '../view.ts'
import { errorTitle } from './errorList.ts'

type Json = Record<string, unknown>

/** One kind of error: where it comes from, what led to it, whom it met. */
export const errorView: View = async ({ store, now }, fingerprint) => {
  const group = await findErrorGroup(store, fingerprint)
  if (!group) return undefined
  const line = parseObject(group.line) ?? {}
  const error = parseObject(line.error) ?? {}
  const rows = await occurrences(store, fingerprint, 100)
  return {
    title: errorTitle(group.line),
    parent: { label: 'Errors', href: '/errors' },
    body: html`<dl class="tiles">
${tile('Count', formatCount(group.occurrences), `fingerprint ${fingerprint}`, 'bad')}
${tile('Sessions', formatCount(group.sessions))}
${tile('First seen', timeAgo(group.first_ms, now), formatClock(group.first_ms))}
${tile('Last seen', timeAgo(group.last_ms, now), formatClock(group.last_ms))}
${tile('Source', String(error.source ?? '–'), error.handled === true ? 'handled by the application' : 'unhandled')}
</dl>
<div class="columns wide-left">
<div>${panel('Stack', stack(error))}${causes(error)}${
      typeof error.componentStack === 'string' &&
      panel('React component stack', html`<pre tabindex="0">${error.componentStack.trim()}</pre>`)
    }</div>
${panel('Breadcrumbs', breadcrumbs(line), html`<span class="note">of the newest</span>`)}
</div>
${panel(
  'Occurrences',
  table(
    'Occurrences',
    [
      { label: 'When' },
      { label: 'Session' },
      { label: 'Page' },
      { label: 'Device', minor: true },
      { label: 'Count', numeric: true },
    ],
    rows.map((row) => [
      timeAgo(row.at_ms, now),
      row.session_id === null
        ? '–'
        : html`<a class="row-link mono" href="/sessions/${encodeURIComponent(row.session_id)}">${row.session_id.slice(-12)}</a>`,
      html`<span class="mono">${row.page_path ?? '–'}</span>`,
      row.device_type ?? '–',
      formatCount(row.count),
    ]),
  ),
)}`,
  }
}

const stack = (error: Json): Html => {
  const frames = Array.isArray(error.frames) ? (error.frames as unknown[]).map(parseObject) : []
  const list =
    frames.length > 0 &&
    html`<ol class="frames">${frames.map(
      (frame) =>
        html`<li><span class="frame-function">${String(frame?.function ?? '(anonymous)')}</span> <span class="note mono">${String(frame?.file ?? '')}:${String(frame?.line ?? '?')}:${String(frame?.column ?? '?')}</span></li>`,
    )}</ol>`
  const raw =
    typeof error.stack === 'string'
      ? html`<details id="raw-stack" ${frames.length === 0 && html`open`}><summary>As thrown</summary><pre tabindex="0">${error.stack}</pre></details>`
      : html`<p class="note pad">This error came without a stack.</p>`
  return html`${list}${raw}`
}

const causes = (error: Json): Html => {
  if (!Array.isArray(error.causes) || error.causes.length === 0) return html``
  return panel(
    'Caused by',
    html`<ol class="frames">${(error.causes as unknown[]).map((cause) => {
      const { name, message } = parseObject(cause) ?? {}
      return html`<li><span class="frame-function">${String(name ?? 'Error')}</span> ${String(message ?? '')}</li>`
    })}</ol>`,
  )
}

const breadcrumbs = (line: Json): Html => {
  const crumbs = Array.isArray(line.breadcrumbs) ? (line.breadcrumbs as unknown[]).map(parseObject) : []
  if (crumbs.length === 0) return html`<p class="note pad">None were recorded before this error.</p>`
  return html`<ol class="crumbs">${crumbs.map(
    (crumb) =>
      html`<li><time class="mono note">${typeof crumb?.at === 'number' && formatClock(crumb.at, true)}</time>${badge('neutral', String(crumb?.category ?? ''))}<span>${String(crumb?.message ?? '')}</span></li>`,
  )}</ol>`
}

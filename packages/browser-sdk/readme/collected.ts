import type { EventType } from '@acme/observe-schema/types'

/** One row of the table that tells visitors and auditors what leaves the page. */
export interface CollectedRow {
  what: string
  fields: string
  /** What is done to it before it leaves the page. */
  care: string
  to: string
}

const COLLECTOR = 'collector'

/** What leaves the page, by type of event; the compiler asks for a row for every new one. */
export const COLLECTED_EVENTS: Record<EventType, CollectedRow> = {
  'web-vital': {
    what: 'Web Vitals',
    fields:
      'LCP, INP, CLS, FCP, TTFB, FID, by option of each route: value, rating, selector of the element, phases',
    care: 'selectors of letters only; picture address without query',
    to: COLLECTOR,
  },
  error: {
    what: 'Errors',
    fields: 'name, message, stack, causes, component stack, last 20 breadcrumbs, count',
    care: 'text masked; stack written anew from sanitized frames; objects by their keys only',
    to: COLLECTOR,
  },
  'page-view': {
    what: 'Page views',
    fields: 'path, route, title, referrer, kind of navigation',
    care: 'no query, no fragment; ids and e-mails in paths replaced; title masked',
    to: `${COLLECTOR}, Umami`,
  },
  custom: {
    what: 'Your events',
    fields:
      'name and properties of `track`; failed and slow requests; how many errors of other origins told nothing; by option long frames and load timings',
    care: 'masked by key and by value; requests without query, headers and bodies',
    to: `${COLLECTOR}, Umami (only those of \`track\` and \`identify\`)`,
  },
  log: {
    what: 'Log lines',
    fields: 'level, message, properties of `log`; console output by option',
    care: 'masked by key and by value',
    to: COLLECTOR,
  },
}

/** What goes along with the events, or beside them. */
export const COLLECTED_BESIDE: readonly CollectedRow[] = [
  {
    what: 'Session',
    fields: 'random id, start time',
    care: 'no cookie; ends after 30 min idle or 24 h; in `localStorage` only after consent; OpenReplay gets it in place of an id that would stay with the visitor',
    to: `${COLLECTOR}, OpenReplay, Umami, your own API as a request header`,
  },
  {
    what: 'Browser',
    fields: 'user agent, language, window size, kind of device, kind of connection',
    care: 'nothing that is computed to identify',
    to: COLLECTOR,
  },
  {
    what: 'Recording (option `openReplay`)',
    fields:
      'structure, text and looks of the page; clicks, scrolling, inputs; console lines of the levels in `captureConsole`; requests by method, path and status',
    care: 'through the wire firewall: personal fields, free text and marked elements wiped; other text, page title and console lines masked by value, wiped with `strict`; no `title`, `aria-label`, `data-*`, selections, headers or bodies',
    to: 'OpenReplay',
  },
]

/** The table in Markdown. */
export const renderCollected = (): string => {
  const rows = [...Object.values(COLLECTED_EVENTS), ...COLLECTED_BESIDE]
  return [
    '| What | Which data | What is done to it first | Goes to |',
    '|---|---|---|---|',
    ...rows.map(({ what, fields, care, to }) => `| ${what} | ${fields} | ${care} | ${to} |`),
  ].join('\n')
}

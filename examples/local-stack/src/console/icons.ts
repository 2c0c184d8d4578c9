import { type Html, trusted } from './html.ts'

const PATHS = {
  overview:
    '<rect x="2.5" y="2.5" width="4.5" height="4.5" rx="1"/><rect x="9" y="2.5" width="4.5" height="4.5" rx="1"/><rect x="2.5" y="9" width="4.5" height="4.5" rx="1"/><rect x="9" y="9" width="4.5" height="4.5" rx="1"/>',
  sessions: '<circle cx="8" cy="5.2" r="2.6"/><path d="M2.8 13.5c.5-2.9 2.5-4.3 5.2-4.3s4.7 1.4 5.2 4.3"/>',
  vitals: '<path d="M1.8 8.5h2.7l1.7-4.5 3 8 1.8-3.5h3.2"/>',
  errors: '<path d="M8 2.3 14.3 13.3H1.7Z"/><path d="M8 6.5v3"/><path d="M8 11.3v.1"/>',
  metrics:
    '<path d="M2.3 13.5v-5"/><path d="M6.1 13.5v-9"/><path d="M9.9 13.5v-6"/><path d="M13.7 13.5v-11"/>',
  wire: '<path d="M2 5.5 8 2.3l6 3.2v5L8 13.7 2 10.5Z"/><path d="m2 5.5 6 3 6-3"/><path d="M8 8.5v5.2"/>',
  page: '<path d="M3.5 2.3h6l3 3v8.4h-9Z"/><path d="M9.3 2.5v3h3"/>',
  api: '<path d="M2.3 5.3h10"/><path d="m9.8 2.8 2.5 2.5-2.5 2.5"/><path d="M13.7 10.7h-10"/><path d="m6.2 8.2-2.5 2.5 2.5 2.5"/>',
  log: '<path d="M2.5 4h11"/><path d="M2.5 8h8"/><path d="M2.5 12h5.5"/>',
  custom: '<path d="m8 2 1.8 3.9 4.2.5-3.1 2.9.8 4.2L8 11.4l-3.7 2.1.8-4.2L2 6.4l4.2-.5Z"/>',
  replay: '<rect x="2" y="3" width="12" height="10" rx="1.5"/><path d="m6.8 6 3 2-3 2Z"/>',
  external: '<path d="M6 3H3v10h10v-3"/><path d="M9 3h4v4"/><path d="M13 3 7.5 8.5"/>',
} as const

export type IconName = keyof typeof PATHS

/** A 16 px line icon. Always beside a text, so hidden from assistive technology. */
export const icon = (name: IconName): Html =>
  trusted(`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${PATHS[name]}</svg>`)

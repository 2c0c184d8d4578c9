/** How an invocation ended, or that it is about to be ended by Lambda. */
export type Outcome =
  | { kind: 'returned'; value: unknown }
  | { kind: 'threw'; error: unknown }
  | { kind: 'deadline-near' }

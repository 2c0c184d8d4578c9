import type * as z from 'zod/mini'
import { maskText } from './masking/maskText.ts'
import type { RejectedEvent } from './types.ts'

/** What is wrong with one field. Never repeats the value: it may be personal, as may be a key of the path. */
export type Issue = RejectedEvent['issues'][number]

/** Most issues told of one event; the first few are what a developer needs. */
const MAX_ISSUES = 5

const MAX_ISSUE_PATH_LENGTH = 100

const describe = (issue: z.core.$ZodIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${issue.expected}`
    case 'invalid_value':
      return `expected ${issue.values.map((value) => JSON.stringify(value)).join(' | ')}`
    case 'invalid_union':
      return 'expected string, number, boolean or null'
    case 'too_small':
      return `expected at least ${issue.minimum}${issue.origin === 'string' ? ' character' : ''}`
    case 'too_big':
      return `expected at most ${issue.maximum}`
    case 'invalid_format':
      return `expected format ${issue.pattern ?? issue.format}`
    default:
      return 'invalid'
  }
}

/** Zod's issues as the wire contract tells them, at most {@link MAX_ISSUES}. */
export const toIssues = (error: z.core.$ZodError): Issue[] =>
  error.issues.slice(0, MAX_ISSUES).map((issue) => ({
    // Before the cut: half an e-mail address is no longer recognised.
    path: issue.path
      .map((key) => maskText(String(key)))
      .join('.')
      .slice(0, MAX_ISSUE_PATH_LENGTH),
    message: describe(issue),
  }))

import type { RequestReport } from './observeRequests.ts'

/** True when a request got no answer, or one that refuses. */
export const isFailure = ({ status }: RequestReport): boolean => status === 0 || status >= 400

import type { RequestReport } from './observeRequests.ts'

/** True when a request had no readable answer, or one that refuses. */
export const isFailure = ({ status }: RequestReport): boolean => status === 0 || status >= 400

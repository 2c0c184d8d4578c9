import type { DeliveryStatus, Observability } from './Observability.ts'

const nothing = async () => {}

/** The status of a delivery that has not begun. */
export const NO_DELIVERY: DeliveryStatus = {
  collector: 'unknown',
  queued: 0,
  undelivered: 0,
  sent: 0,
  dropped: {},
  replay: { state: 'off' },
  analytics: { state: 'off', sent: 0 },
}

/** What runs on a server, in a worker, before `initObservability` and where observation is off. */
export const INERT: Observability = {
  captureError: nothing,
  track: nothing,
  log: nothing,
  addBreadcrumb: nothing,
  identify: nothing,
  setRoute: nothing,
  setConsent: nothing,
  forget: nothing,
  session: { id: '', startedAt: 0 },
  status: { ...NO_DELIVERY, state: 'inert', consent: 'denied' },
  flush: nothing,
  shutdown: nothing,
}

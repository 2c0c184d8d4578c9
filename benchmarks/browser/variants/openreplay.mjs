import Tracker from '@openreplay/tracker/class'

const tracker = new Tracker({
  projectKey: 'shop',
  ingestPoint: `${location.origin}/ingest`,
  // Only so that it runs on http: in production it is not set.
  __DISABLE_SECURE_MODE: true,
})
tracker.start().catch(() => {})

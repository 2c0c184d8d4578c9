import type { SessionInfo } from '@acme/observe-schema/types'
import { createAnalytics } from '../analytics/createAnalytics.ts'
import { umamiUrls } from '../analytics/umamiUrls.ts'
import type { Capture, Captured } from '../core/Capture.ts'
import type { DeliveryStatus } from '../core/Observability.ts'
import type { Batch } from '../delivery/Batch.ts'
import { createDrops } from '../delivery/createDrops.ts'
import { createQueue } from '../delivery/createQueue.ts'
import { createTransport } from '../delivery/createTransport.ts'
import { finishSignal } from '../finishing/finishSignal.ts'
import { mergeErrors } from '../finishing/mergeErrors.ts'
import { clearStorage } from '../privacy/clearStorage.ts'
import { createRecorder } from '../replay/createRecorder.ts'
import type { ReplaySession } from '../replay/Replay.ts'
import { attempt, guard } from '../runtime/guard.ts'
import { createRateLimit } from '../signals/createRateLimit.ts'
import { isOwnEvent } from '../signals/isOwnEvent.ts'
import type { Signal } from '../signals/Signal.ts'
import { approve } from './approve.ts'
import { createErrorMerger } from './createErrorMerger.ts'
import { createNoiseFilter } from './createNoiseFilter.ts'
import { createScriptErrorCount } from './createScriptErrorCount.ts'
import { observeBehaviour } from './observeBehaviour.ts'

/** A batch is sealed early when this many events wait. */
const FULL_EVENTS = 50

/** The first batch waits no longer than this, in milliseconds: a tab that crashes takes with it what was not sent. */
const FIRST_BATCH_MS = 1_000

/** What becomes of signals, from their capture to their delivery. */
export interface Pipeline {
  add: (captured: Captured) => void
  /** Sends what is queued. Resolves when it was delivered or handed to the outbox. Never rejects. */
  flush: () => Promise<void>
  /** The page is hidden or ends: sends what is queued and keeps what is unconfirmed. Synchronous. */
  leave: () => void
  /** Consent was withdrawn: deletes what is queued and what is stored. */
  forget: () => void
  /** Consent was given: sends what has waited for it. */
  permit: () => void
  stop: () => void
  status: () => DeliveryStatus
}

/** The chunk that is loaded beside the application: it masks, describes, batches and delivers. */
export const createPipeline = (capture: Capture): Pipeline => {
  const { options, environment, storage, pages, consent, isWanted } = capture
  const maySend = () => consent() === 'granted'
  const drops = createDrops()
  const merger = createErrorMerger()
  const scriptErrors = createScriptErrorCount()
  const isWithinRate = createRateLimit(environment.now)
  const finish = (signal: Signal) =>
    attempt(() => finishSignal(signal, options.allowedUrlParams)) ?? capture.bare(signal)
  const queue = createQueue({
    now: environment.now,
    drops,
    sender: (session) => capture.sender({ ...session, replay: recorded.get(session.id) }),
    finish: (signals) =>
      mergeErrors(signals.map(finish)).flatMap((event) => approve(event, options.beforeSend, drops)),
  })
  const transport = createTransport({ endpoint: options.collector.endpoint, environment, storage, drops })
  /** Which recording shows which session. */
  const recorded = new Map<string, ReplaySession>()
  let recording: ReplaySession | undefined
  const follow = (session: SessionInfo) => {
    if (!recording || recorded.get(session.id) === recording) return
    if (recorded.size) recorder.mark('observe.session', { id: session.id })
    recorded.set(session.id, recording)
    capture.session().replay = recording
  }
  // Not all of Umami's host, which may be the application's own.
  const ownUrls = [options.collector.endpoint, ...(options.umami ? umamiUrls(options.umami) : [])].map(
    (url) => new URL(url, location.href).href,
  )
  const isOwn = (url: string) => ownUrls.includes(url.replace(/[?#].*/, ''))
  const recorder = createRecorder({
    options: options.openReplay,
    fetch: environment.fetch,
    consoleLevels: options.captureConsole ?? [],
    sessionId: () => capture.session().id,
    ownUrls,
    onStart: (replay) => {
      recording = replay
      follow(capture.session())
    },
  })
  const analytics = createAnalytics({
    options: options.umami,
    environment,
    pages,
    counted: capture.session().id,
    maySend,
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  let waitMs = FIRST_BATCH_MS

  const seal = (): Batch[] => {
    clearTimeout(timer)
    timer = undefined
    if (!maySend()) return []
    waitMs = Number.POSITIVE_INFINITY
    // Applications set it only after the address has changed.
    pages.current.info.title = document.title
    merger.startOver()
    scriptErrors.startOver()
    const batches = queue.take()
    if (options.debug) {
      import('../development/printBatches.ts')
        .then(({ printBatches }) => printBatches(batches))
        .catch(() => {})
    }
    return batches
  }
  const flush = async () => {
    await Promise.all(seal().map(transport.send))
  }

  drops.add('queue-full', capture.overflow)
  const noise = createNoiseFilter(options.ignoreErrors ?? [], isOwn)
  const stops = [...noise.stops, ...observeBehaviour(capture, isOwn)]
  capture.isUnrecorded = recorder.isDue
  const resuming = setTimeout(() => void transport.resume().catch(() => {}), 1_000)

  const record = () => {
    if (maySend() && isWanted(capture.session())) recorder.start()
  }
  const forget = () => {
    drops.add('consent', queue.clear())
    void transport.forget()
    recorder.forget()
    recording = undefined
    recorded.clear()
    analytics.clear()
    clearStorage()
  }

  // Asked for before this was there, or by an earlier visit that left something behind.
  if (capture.forgotten !== undefined || consent() === 'denied') forget()
  drops.add('consent', capture.forgotten ?? 0)
  record()

  /** False when the signal is lost, which is counted. */
  const enqueue = (signal: Signal, session: SessionInfo): boolean => {
    if (isWithinRate(isOwnEvent(signal) ? signal.name : signal.type)) return queue.add(signal, session)
    drops.add('rate-limit')
    return false
  }
  const take = (signal: Signal, session: SessionInfo): boolean => {
    const add = () => enqueue(signal, session)
    const isKept = signal.type === 'error' ? merger.add(signal, add) : add()
    if (queue.size() === FULL_EVENTS) void flush()
    else timer ??= setTimeout(flush, Math.min(waitMs, options.collector.batchIntervalMs ?? 5_000))
    return isKept
  }

  return {
    add: ([signal, session]) => {
      if (consent() === 'denied') return drops.add('consent')
      if (!isWanted(session)) {
        // The session before may have been wanted, and its recording shows none of the later ones.
        recorder.stop()
        recording = undefined
        return drops.add('sampled')
      }
      record()
      follow(session)
      if (signal.type === 'custom' && signal.name === 'identify') {
        const { userId } = Object(signal.details?.properties)
        if (typeof userId === 'string') recorder.identify(userId)
      }
      analytics.add(signal, session)
      if (noise.isNoise(signal)) return
      const opaque = scriptErrors.count(signal)
      for (const wanted of opaque ?? [signal]) {
        // Later ones must not join one that is lost.
        if (!take(wanted, session) && opaque) scriptErrors.startOver()
      }
    },
    flush: () => flush().catch(() => {}),
    leave: guard(() => {
      analytics.flush()
      transport.sendAtExit(seal())
    }),
    forget,
    permit: () => {
      void flush()
      analytics.flush()
      record()
    },
    stop: () => {
      recorder.stop()
      clearTimeout(resuming)
      clearTimeout(timer)
      for (const stop of stops) stop()
    },
    status: () => ({
      queued: queue.size(),
      ...transport.status(),
      dropped: { ...drops.total },
      replay: recorder.status(),
      analytics: analytics.status(),
    }),
  }
}

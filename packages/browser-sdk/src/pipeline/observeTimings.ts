import { sanitizeUrl } from '@acme/observe-schema/masking'
import type { Capture } from '../core/Capture.ts'
import { listen } from '../runtime/listen.ts'
import { patch } from '../runtime/patch.ts'
import { isFailure } from '../signals/isFailure.ts'
import { observeLongFrames } from '../signals/observeLongFrames.ts'
import type { RawBreadcrumb } from '../signals/Signal.ts'

/** Custom events of the SDK itself: what the page waited for. Returns what stops it. */
export const observeTimings = ({ options, emit, trail }: Capture): (() => void) => {
  const { requests = true, slowRequestMs = 3_000, longFrameMs, navigationTiming } = options
  const stops: (() => void)[] = []
  const tell = (name: string, properties: object) => emit({ type: 'custom', name, details: { properties } })

  const judge = ({ request }: Pick<RawBreadcrumb, 'request'>) => {
    if (!request) return
    const { method, url, status, durationMs } = request
    const failed = isFailure(request)
    if (!failed && durationMs < slowRequestMs) return
    tell(failed ? 'request-failed' : 'request-slow', {
      method,
      url: sanitizeUrl(url),
      status,
      durationMs: Math.round(durationMs),
    })
  }
  if (requests) {
    // Requests leave their mark on the trail, those from before this chunk was loaded as well.
    trail.read().forEach(judge)
    stops.push(
      patch(trail, 'add', (original) => (crumb) => {
        original(crumb)
        judge(crumb)
      }),
    )
  }
  if (longFrameMs) {
    stops.push(
      observeLongFrames(longFrameMs, ({ durationMs, blockingMs, script, invoker }) =>
        tell('long-frame', {
          durationMs: Math.round(durationMs),
          blockingMs: Math.round(blockingMs),
          script: script.replace(/[?#].*/, ''),
          invoker,
        }),
      ),
    )
  }
  if (navigationTiming) {
    const report = async () => {
      const { describeNavigation } = await import('../signals/describeNavigation.ts')
      const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
      const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
      if (navigation) tell('navigation-timing', describeNavigation(navigation, resources))
    }
    const soon = () => void report().catch(() => {})
    if (document.readyState === 'complete') soon()
    // The end of `load` is known only after its listeners have run.
    else stops.push(listen(window, 'load', () => setTimeout(soon)))
  }
  return () => {
    for (const stop of stops) stop()
  }
}

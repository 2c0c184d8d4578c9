import { sanitizeUrl } from '@acme/observe-schema/masking'
import type { Capture } from '../core/Capture.ts'
import { guard } from '../runtime/guard.ts'
import { listen } from '../runtime/listen.ts'
import { patch } from '../runtime/patch.ts'
import { isFailure } from '../signals/isFailure.ts'
import type { RawBreadcrumb } from '../signals/Signal.ts'

/** Custom events of the SDK itself: what the page waited for. Returns what stops it. */
export const observeTimings = (
  { options, emit, trail, session }: Capture,
  isOwn: (url: string) => boolean,
): (() => void)[] => {
  const { requests = true, slowRequestMs = 3_000, longFrameMs, navigationTiming } = options
  // A page that polls would otherwise keep its session alive without a visitor.
  const tell = (name: string, properties: object) =>
    emit({ type: 'custom', name, details: { properties } }, undefined, session())

  const judge = guard(({ request }: Pick<RawBreadcrumb, 'request'>) => {
    if (!request || !requests) return
    const { method, url, status, durationMs } = request
    const failed = isFailure(request)
    if (!failed && durationMs < slowRequestMs) return
    tell(failed ? 'request-failed' : 'request-slow', {
      method,
      url: sanitizeUrl(url),
      status,
      durationMs: Math.round(durationMs),
    })
  })
  // Requests leave their mark on the trail, those from before this chunk was loaded as well.
  trail.read().forEach(judge)
  const stops = [
    patch(trail, 'add', (original) => (crumb) => {
      // Umami's script sends by the page's `fetch`.
      if (crumb.request && isOwn(crumb.request.url)) return
      original(crumb)
      judge(crumb)
    }),
  ]
  if (longFrameMs) {
    const observing = import('../signals/observeLongFrames.ts')
      .then(({ observeLongFrames }) =>
        observeLongFrames(
          longFrameMs,
          guard((frame) => tell('long-frame', frame)),
        ),
      )
      .catch(() => {})
    stops.push(() => void observing.then((stop) => stop?.()))
  }
  if (navigationTiming) {
    const soon = () =>
      import('../signals/describeNavigation.ts')
        .then(({ describeNavigation }) => {
          const navigation = describeNavigation()
          if (navigation) tell('navigation-timing', navigation)
        })
        .catch(() => {})
    if (document.readyState === 'complete') void soon()
    // The end of `load` is known only after its listeners have run.
    else stops.push(listen(window, 'load', () => setTimeout(soon)))
  }
  return stops
}

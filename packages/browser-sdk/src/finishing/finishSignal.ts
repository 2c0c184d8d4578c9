import {
  MAX_BREADCRUMB_LENGTH,
  MAX_COMPONENT_STACK_LENGTH,
  MAX_MESSAGE_LENGTH,
  MAX_NAME_LENGTH,
  MAX_PATH_LENGTH,
  MAX_TITLE_LENGTH,
} from '@acme/observe-schema/limits'
import { sanitizeUrl } from '@acme/observe-schema/masking'
import type { Breadcrumb, LogLevel, ObserveEvent, PageInfo } from '@acme/observe-schema/types'
import { attempt } from '../runtime/guard.ts'
import { isFailure } from '../signals/isFailure.ts'
import type { RawBreadcrumb, RawPage, Signal, SignalDetails } from '../signals/Signal.ts'
import { attributeVital } from './attributeVital.ts'
import { describeError } from './describeError.ts'
import { fingerprint } from './fingerprint.ts'
import { safePath } from './safePath.ts'
import { safeText } from './safeText.ts'
import { scrubProperties } from './scrubProperties.ts'

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error']

type SafeUrl = (url: string) => string

const finishPage = ({ path, route, title }: RawPage): PageInfo => ({
  path: safePath(path),
  ...(route && { route: safeText(route, MAX_NAME_LENGTH) }),
  ...(title && { title: safeText(title, MAX_TITLE_LENGTH) }),
})

const finishLevel = (level: LogLevel): LogLevel => (LEVELS.includes(level) ? level : 'info')

const finishBreadcrumb = (
  { message, url, request, level, ...crumb }: RawBreadcrumb,
  safeUrl: SafeUrl,
): Breadcrumb => {
  const text = request
    ? `${request.method} ${safeUrl(request.url)} ${request.status} ${Math.round(request.durationMs)} ms`
    : url === undefined
      ? safeText(message, MAX_BREADCRUMB_LENGTH)
      : safeUrl(url)
  const severity = request ? (isFailure(request) ? 'error' : 'info') : level && finishLevel(level)
  return { ...crumb, message: text.slice(0, MAX_BREADCRUMB_LENGTH), ...(severity && { level: severity }) }
}

const finishError = ({ thrown, componentStack, breadcrumbs = [] }: SignalDetails, safeUrl: SafeUrl) => {
  const described = describeError(thrown)
  return {
    ...described,
    ...(componentStack && { componentStack: safeText(componentStack, MAX_COMPONENT_STACK_LENGTH) }),
    fingerprint: fingerprint(described.name, described.message, described.frames),
    ...(breadcrumbs[0] && { breadcrumbs: breadcrumbs.map((crumb) => finishBreadcrumb(crumb, safeUrl)) }),
  }
}

/** Turns a signal into the event of the wire contract. Everything that leaves the page passes here and is masked. */
export const finishSignal = (
  { details = {}, ...signal }: Signal,
  allowedParams: readonly string[] = [],
): ObserveEvent => {
  const safeUrl = (url: string) => sanitizeUrl(url, { allowedParams })
  const { name, message, entries } = details
  const { referrer } = document
  const isFirst = signal.type === 'page-view' && /load|prerender/.test(signal.navigationType)
  const properties = attempt(() => scrubProperties(details.properties))
  const attribution = entries && attempt(() => attributeVital((signal as { name: string }).name, entries))
  return {
    ...signal,
    page: finishPage(signal.page),
    ...(name !== undefined && { name: safeText(name, MAX_NAME_LENGTH) }),
    ...(message !== undefined && { message: safeText(message, MAX_MESSAGE_LENGTH) }),
    ...(signal.type === 'log' && { level: finishLevel(signal.level) }),
    ...(signal.type === 'error' && finishError(details, safeUrl)),
    ...(isFirst && referrer && { referrer: safeUrl(referrer).slice(0, MAX_PATH_LENGTH) }),
    ...(attribution && { attribution }),
    ...(properties && { properties }),
  } as ObserveEvent
}

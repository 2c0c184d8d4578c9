import {
  MAX_BREADCRUMB_LENGTH,
  MAX_COMPONENT_STACK_LENGTH,
  MAX_MESSAGE_LENGTH,
  MAX_NAME_LENGTH,
  MAX_PATH_LENGTH,
  MAX_TITLE_LENGTH,
} from '@acme/observe-schema/limits'
import { sanitizeUrl, templatePath } from '@acme/observe-schema/masking'
import type { Breadcrumb, ObserveEvent, PageInfo } from '@acme/observe-schema/types'
import { attempt } from '../runtime/guard.ts'
import type { RawBreadcrumb, RawPage, Signal, SignalDetails } from '../signals/Signal.ts'
import { attributeVital } from './attributeVital.ts'
import { describeError } from './describeError.ts'
import { fingerprint } from './fingerprint.ts'
import { safeText } from './safeText.ts'
import { scrubProperties } from './scrubProperties.ts'

const finishPage = ({ path, route, title }: RawPage): PageInfo => ({
  path: templatePath(path).slice(0, MAX_PATH_LENGTH),
  ...(route && { route: safeText(route, MAX_NAME_LENGTH) }),
  ...(title && { title: safeText(title, MAX_TITLE_LENGTH) }),
})

const finishBreadcrumb = ({ message, url, ...crumb }: RawBreadcrumb): Breadcrumb => ({
  ...crumb,
  message: safeText(url === undefined ? message : `${message} ${sanitizeUrl(url)}`, MAX_BREADCRUMB_LENGTH),
})

const finishError = ({ thrown, componentStack, breadcrumbs = [] }: SignalDetails) => {
  const described = describeError(thrown)
  return {
    ...described,
    ...(componentStack && { componentStack: safeText(componentStack, MAX_COMPONENT_STACK_LENGTH) }),
    fingerprint: fingerprint(described.name, described.message, described.frames),
    ...(breadcrumbs[0] && { breadcrumbs: breadcrumbs.map(finishBreadcrumb) }),
  }
}

/** Turns a signal into the event of the wire contract. Everything that leaves the page passes here and is masked. */
export const finishSignal = ({ details = {}, ...signal }: Signal): ObserveEvent => {
  const { name, message, entries, referrer } = details
  const properties = attempt(() => scrubProperties(details.properties))
  const attribution = entries && attempt(() => attributeVital((signal as { name: string }).name, entries))
  return {
    ...signal,
    page: finishPage(signal.page),
    ...(name !== undefined && { name: safeText(name, MAX_NAME_LENGTH) }),
    ...(message !== undefined && { message: safeText(message, MAX_MESSAGE_LENGTH) }),
    ...(signal.type === 'error' && finishError(details)),
    ...(referrer && { referrer: sanitizeUrl(referrer).slice(0, MAX_PATH_LENGTH) }),
    ...(attribution && { attribution }),
    ...(properties && { properties }),
  } as ObserveEvent
}

import type { View } from './view.ts'
import { errorView } from './views/error.ts'
import { errorListView } from './views/errorList.ts'
import { metricsView } from './views/metrics.ts'
import { overviewView } from './views/overview.ts'
import { sessionView } from './views/session.ts'
import { sessionListView } from './views/sessionList.ts'
import { vitalsView } from './views/vitals.ts'
import { wireView } from './views/wire.ts'
import { wireListView } from './views/wireList.ts'

const LISTS: Readonly<Record<string, View>> = {
  '/': overviewView,
  '/sessions': sessionListView,
  '/vitals': vitalsView,
  '/errors': errorListView,
  '/metrics': metricsView,
  '/wire': wireListView,
}

const DETAILS: Readonly<Record<string, View>> = {
  '/sessions': sessionView,
  '/errors': errorView,
  '/wire': wireView,
}

/** The view at a path, and the last segment of a detail's. */
export const findView = (path: string): { view: View; parameter: string } | undefined => {
  const list = Object.hasOwn(LISTS, path) ? LISTS[path] : undefined
  if (list) return { view: list, parameter: '' }
  const [, folder = '', parameter = ''] = /^(\/[^/]+)\/([^/]+)$/.exec(path) ?? []
  const detail = Object.hasOwn(DETAILS, folder) ? DETAILS[folder] : undefined
  return detail && { view: detail, parameter: decode(parameter) }
}

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

import { asText } from './asText.ts'
import type { Correlation } from './Correlation.ts'
import { applyHeaders } from './headers.ts'
import { applyPayload } from './payloadIds.ts'
import { applyXRayHeader } from './traceContext.ts'

interface ServiceEvent {
  detail?: unknown
  'detail-type'?: unknown
  'trace-header'?: unknown
  info?: { fieldName?: unknown; parentTypeName?: unknown } | null
  request?: { headers?: unknown } | null
  Execution?: { Id?: unknown } | null
  State?: { Name?: unknown } | null
}

/** Takes the ids of an EventBridge, AppSync or Step Functions event. False for anything else. */
export const applyServiceEvent = (ids: Correlation, event: object): boolean => {
  const service = event as ServiceEvent
  if (service['detail-type'] !== undefined && service.detail !== undefined) {
    ids.route = asText(service['detail-type'])
    applyPayload(ids, service.detail)
    applyXRayHeader(ids, service['trace-header'])
    return true
  }
  if (service.info?.fieldName !== undefined && service.info.parentTypeName !== undefined) {
    ids.route = `${String(service.info.parentTypeName)}.${String(service.info.fieldName)}`
    applyHeaders(ids, service.request?.headers)
    return true
  }
  if (service.Execution?.Id !== undefined) {
    ids.route = asText(service.State?.Name)
    applyPayload(ids, event)
    return true
  }
  return false
}

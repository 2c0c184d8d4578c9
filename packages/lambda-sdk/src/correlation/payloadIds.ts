import { SESSION_ID_HEADER, TRACEPARENT_HEADER } from '@acme/observe-schema/protocol'
import type { Correlation } from './Correlation.ts'
import { applySessionId } from './headers.ts'
import { applyTraceparent } from './traceContext.ts'

type Json = Record<string, unknown>

/** Longest text looked into; parsing a large message only for its ids would cost more than they are worth. */
const MAX_TEXT_LENGTH = 65_536

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null

const parse = (text: string): unknown => {
  const mayHoldIds = text.includes(TRACEPARENT_HEADER) || text.includes(SESSION_ID_HEADER)
  if (text.length > MAX_TEXT_LENGTH || !mayHoldIds) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const attributeValue = (attributes: Json, name: string): unknown =>
  isObject(attributes[name]) ? attributes[name].Value : undefined

/**
 * Takes ids from a JSON payload, given as text or object: from its own members, as `propagationHeaders()` names them, or
 * from the message attributes of a wrapped SNS notification.
 */
export const applyPayload = (ids: Correlation, payload: unknown): void => {
  const json = typeof payload === 'string' ? parse(payload) : payload
  if (!isObject(json)) return
  const attributes = isObject(json.MessageAttributes) ? json.MessageAttributes : {}
  if (ids.sessionId === undefined) {
    applySessionId(ids, json[SESSION_ID_HEADER] ?? attributeValue(attributes, SESSION_ID_HEADER))
  }
  if (ids.traceparent === undefined) {
    applyTraceparent(ids, json[TRACEPARENT_HEADER] ?? attributeValue(attributes, TRACEPARENT_HEADER))
  }
}

import type { SignedFetch, SignedRequest } from '../shared/signedFetch.ts'
import { indexTemplate, type LifecycleDays, lifecyclePolicy } from './settings.ts'

/** What the domain shall hold. */
export interface LogSearchSettings {
  indexPrefix: string
  replicas: number
  days: LifecycleDays
}

const call = async (
  send: SignedFetch,
  request: SignedRequest,
  allowed: readonly number[],
): Promise<Response> => {
  const response = await send({ ...request, headers: { 'content-type': 'application/json' } })
  if (response.ok || allowed.includes(response.status)) return response
  const text = (await response.text()).slice(0, 300)
  throw new Error(`OpenSearch refused ${request.method} ${request.path}: ${response.status} ${text}`)
}

/** Puts the lifecycle policy, replacing the one that is there: an update must name the version it replaces. */
const putPolicy = async (send: SignedFetch, { indexPrefix, days }: LogSearchSettings): Promise<void> => {
  const path = `/_plugins/_ism/policies/${indexPrefix}`
  const body = JSON.stringify(lifecyclePolicy(indexPrefix, days))
  const existing = await call(send, { method: 'GET', path }, [404])
  if (existing.status === 404) {
    await call(send, { method: 'PUT', path, body }, [])
    return
  }
  const { _seq_no, _primary_term } = (await existing.json()) as { _seq_no: number; _primary_term: number }
  const query = { if_seq_no: String(_seq_no), if_primary_term: String(_primary_term) }
  await call(send, { method: 'PUT', path, query, body }, [])
}

/** Puts index template and lifecycle policy, then proves both by reading them back. */
export const setUpLogSearch = async (send: SignedFetch, settings: LogSearchSettings): Promise<void> => {
  const { indexPrefix, replicas } = settings
  const template = `/_index_template/${indexPrefix}`
  await call(
    send,
    { method: 'PUT', path: template, body: JSON.stringify(indexTemplate(indexPrefix, replicas)) },
    [],
  )
  await putPolicy(send, settings)
  await call(send, { method: 'GET', path: template }, [])
}

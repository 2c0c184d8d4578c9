import { createServer } from 'node:http'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type OpenSearchServer, startOpenSearch } from '../../test/openSearchServer.ts'
import { receiveResponses } from '../../test/responses.ts'
import { signedFetch } from '../shared/signedFetch.ts'
import { logSearchSetup } from './index.ts'
import { setUpLogSearch } from './setUp.ts'

let openSearch: OpenSearchServer
beforeEach(async () => {
  openSearch = await startOpenSearch()
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
})
afterEach(() => openSearch.close())

const settings = { indexPrefix: 'observe-logs', replicas: 0, days: { warm: 7, cold: 30, delete: 90 } }

it('puts a template without replicas and a lifecycle of 7, 30 and 90 days', async () => {
  await setUpLogSearch(signedFetch(openSearch.url, 'es', 'us-east-1'), settings)
  expect(openSearch.templates.get('observe-logs')).toMatchObject({
    index_patterns: ['observe-logs-*'],
    template: { settings: { number_of_shards: 1, number_of_replicas: 0 }, mappings: { dynamic: false } },
  })
  const body = openSearch.policies.get('observe-logs')?.body
  const { policy } = body as {
    policy: {
      default_state: string
      ism_template: object[]
      states: {
        name: string
        actions: object[]
        transitions: { state_name: string; conditions: { min_index_age: string } }[]
      }[]
    }
  }
  expect(policy.ism_template).toEqual([{ index_patterns: ['observe-logs-*'], priority: 100 }])
  const path: string[] = []
  for (let name: string | undefined = policy.default_state; name; ) {
    const state = policy.states.find((one) => one.name === name)
    const [next] = state?.transitions ?? []
    path.push(next ? `${name} until ${next.conditions.min_index_age}` : name)
    name = next?.state_name
  }
  expect(path).toEqual(['hot until 7d', 'warm until 30d', 'cold until 90d', 'delete'])
  expect(policy.states.at(-1)?.actions).toEqual([{ delete: {} }])
})

it('updates a policy by naming the version it replaces', async () => {
  const send = signedFetch(openSearch.url, 'es', 'us-east-1')
  await setUpLogSearch(send, settings)
  await setUpLogSearch(send, { ...settings, days: { ...settings.days, delete: 60 } })
  expect(openSearch.policies.get('observe-logs')?.seqNo).toBe(2)
  expect(JSON.stringify(openSearch.policies.get('observe-logs')?.body)).toContain('60d')
})

it('as a custom resource fails with the domain answer when access is refused for good', async () => {
  const responses = await receiveResponses(createServer)
  const unsigned =
    (url: string) =>
    async ({ method, path }: { method: string; path: string }) =>
      fetch(`${url}${path}`, { method })
  await logSearchSetup(unsigned, 1)(
    {
      RequestType: 'Create',
      ResponseURL: responses.url,
      StackId: 's',
      RequestId: 'r',
      LogicalResourceId: 'Setup',
      ResourceProperties: {
        DomainUrl: openSearch.url,
        IndexPrefix: 'observe-logs',
        Replicas: '0',
        WarmAfterDays: '7',
        ColdAfterDays: '30',
        DeleteAfterDays: '90',
      },
    },
    { getRemainingTimeInMillis: () => 60_000 },
  )
  expect(responses.last().Reason).toContain('OpenSearch refused PUT /_index_template/observe-logs: 403')
  expect(openSearch.requests).toHaveLength(8)
  responses.close()
})

import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { type ResponseReceiver, receiveResponses } from '../../test/responses.ts'
import { type CustomResourceEvent, customResource } from './customResource.ts'

let responses: ResponseReceiver
beforeAll(async () => {
  responses = await receiveResponses(createServer)
})
afterAll(() => responses?.close())
beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
})

const event = (over: Partial<CustomResourceEvent> = {}): CustomResourceEvent => ({
  RequestType: 'Create',
  ResponseURL: responses.url,
  StackId: 'stack',
  RequestId: 'r1',
  LogicalResourceId: 'Thing',
  ResourceProperties: {},
  ...over,
})
const minute = { getRemainingTimeInMillis: () => 60_000 }

it('answers with identity and data', async () => {
  await customResource(async () => ({ physicalId: 'thing', data: { A: '1' } }))(event(), minute)
  expect(responses.last()).toEqual({
    Status: 'SUCCESS',
    PhysicalResourceId: 'thing',
    Data: { A: '1' },
    StackId: 'stack',
    RequestId: 'r1',
    LogicalResourceId: 'Thing',
  })
})

it('answers when the work throws, with a reason that fits', async () => {
  await customResource(async () => {
    throw new Error('x'.repeat(9_000))
  })(event(), minute)
  expect(responses.last()).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'failed-r1' })
  expect(responses.last().Reason).toMatch(/^Thing: x+$/)
})

it('answers before the function times out', async () => {
  await customResource(async () => {
    await sleep(10_000, undefined, { ref: false })
    return { physicalId: 'late' }
  })(event(), { getRemainingTimeInMillis: () => 5_050 })
  expect(responses.last()).toMatchObject({ Status: 'FAILED', Reason: 'Thing: no result within 0 s' })
})

it('tries again when the answer does not arrive', async () => {
  responses.failNext(2)
  await customResource(async () => ({ physicalId: 'thing' }))(event({ RequestId: 'r2' }), minute)
  expect(responses.last()).toMatchObject({ RequestId: 'r2', Status: 'SUCCESS' })
})

it('lets a create that failed roll back without running again', async () => {
  const act = vi.fn()
  await customResource(act)(event({ RequestType: 'Delete', PhysicalResourceId: 'failed-r1' }), minute)
  expect(act).not.toHaveBeenCalled()
  expect(responses.last()).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'failed-r1' })
})

it('keeps the identity of a resource whose update fails, so that it is not replaced', async () => {
  await customResource(async () => {
    throw new Error('no')
  })(event({ RequestType: 'Update', PhysicalResourceId: 'thing' }), minute)
  expect(responses.last()).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'thing' })
})

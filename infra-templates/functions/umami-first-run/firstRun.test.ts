import { createServer } from 'node:http'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { receiveResponses } from '../../test/responses.ts'
import { startUmami, type UmamiServer } from '../../test/umamiServer.ts'
import { firstRun } from './firstRun.ts'
import { umamiFirstRun } from './index.ts'
import { umamiClient } from './umamiClient.ts'

let umami: UmamiServer
beforeEach(async () => {
  umami = await startUmami()
})
afterEach(() => umami.close())

const request = {
  adminPassword: 'a-new-password',
  viewerPassword: 'a-viewer-password',
  websiteId: '2f1f8c1e-5b0a-4c43-9a53-0d8f6c1f7a10',
  websiteName: 'Shop',
  websiteDomain: 'shop.example.com',
  teamName: 'Product',
  waitMs: 300,
}
const call = () => umamiClient(umami.url, { 'x-observe-origin': 'origin-secret', 'x-observe-app': 'umami' })

it('replaces the public password, makes website, team and viewer', async () => {
  await firstRun(call(), request)
  const admin = umami.users.find(({ username }) => username === 'admin')
  const viewer = umami.users.find(({ username }) => username === 'viewer')
  expect(admin?.password).toBe('a-new-password')
  expect(viewer).toMatchObject({ role: 'view-only', password: 'a-viewer-password' })
  const [team] = umami.teams
  expect(umami.websites).toEqual([
    { id: request.websiteId, name: 'Shop', domain: 'shop.example.com', teamId: team?.id, userId: null },
  ])
  expect(team?.members).toContainEqual({ userId: viewer?.id, role: 'team-view-only' })
})

it('changes nothing the second time', async () => {
  await firstRun(call(), request)
  const before = JSON.stringify([umami.users, umami.teams, umami.websites])
  await firstRun(call(), request)
  expect(JSON.stringify([umami.users, umami.teams, umami.websites])).toBe(before)
})

it('gives a website that a person made to the team', async () => {
  umami.websites.push({ id: request.websiteId, name: 'Mine', domain: 'x', userId: 'someone', teamId: null })
  await firstRun(call(), request)
  expect(umami.websites).toMatchObject([{ teamId: umami.teams[0]?.id, userId: null }])
})

it('waits for Umami to come up, and not for ever', async () => {
  umami.down = 3
  await firstRun(call(), { ...request, waitMs: 2_000 })
  umami.down = 1_000
  await expect(firstRun(call(), request)).rejects.toThrow('Umami did not answer within 0.3 s')
})

it('says what to do when neither password works', async () => {
  const [admin] = umami.users
  if (admin) admin.password = 'changed by hand'
  await expect(firstRun(call(), request)).rejects.toThrow('put the current one there')
})

it('says how to go on when a rolled back attempt took the secret and left the database', async () => {
  await firstRun(call(), request)
  const second = firstRun(call(), { ...request, adminPassword: 'of-the-second-attempt' })
  await expect(second).rejects.toThrow(`UPDATE umami."user" SET password = crypt('umami', gen_salt('bf'))`)
  // What that statement does.
  for (const user of umami.users) if (user.username === 'admin') user.password = 'umami'
  await firstRun(call(), { ...request, adminPassword: 'of-the-second-attempt' })
  expect(umami.users.find(({ username }) => username === 'admin')?.password).toBe('of-the-second-attempt')
})

it('as a custom resource reports a refusal', async () => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const responses = await receiveResponses(createServer)
  const secrets = {
    read: async (arn: string) => ({ origin: 'wrong', admin: 'a', viewer: 'v' })[arn] ?? '',
    write: async () => {},
  }
  await umamiFirstRun(secrets, 100)(
    {
      RequestType: 'Create',
      ResponseURL: responses.url,
      StackId: 's',
      RequestId: 'r',
      LogicalResourceId: 'Setup',
      ResourceProperties: {
        BaseUrl: umami.url,
        OriginSecretArn: 'origin',
        AdminSecretArn: 'admin',
        ViewerSecretArn: 'viewer',
        WebsiteId: request.websiteId,
        WebsiteName: 'n',
        WebsiteDomain: 'd',
        TeamName: 't',
      },
    },
    { getRemainingTimeInMillis: () => 60_000 },
  )
  expect(responses.last()).toMatchObject({
    Status: 'FAILED',
    Reason: 'Setup: Umami did not answer within 0.1 s',
  })
  responses.close()
})

import { customResource } from '../shared/customResource.ts'
import { property } from '../shared/properties.ts'
import { type Secrets, secretsManager } from '../shared/secrets.ts'
import { firstRun } from './firstRun.ts'
import { umamiClient } from './umamiClient.ts'

/** The custom resource behind `Custom::UmamiFirstRun`; `secrets` is a seam for tests. */
export const umamiFirstRun = (secrets: Secrets, waitMs: number): ReturnType<typeof customResource> =>
  customResource(async ({ RequestType, ResourceProperties: given }) => {
    const websiteId = property(given, 'WebsiteId')
    const result = { physicalId: `umami-website-${websiteId}`, data: { WebsiteId: websiteId } }
    if (RequestType === 'Delete') return result
    const headers = {
      'x-observe-app': 'umami',
      'x-observe-origin': await secrets.read(property(given, 'OriginSecretArn')),
    }
    await firstRun(umamiClient(property(given, 'BaseUrl'), headers), {
      adminPassword: await secrets.read(property(given, 'AdminSecretArn')),
      viewerPassword: await secrets.read(property(given, 'ViewerSecretArn')),
      websiteId,
      websiteName: property(given, 'WebsiteName'),
      websiteDomain: property(given, 'WebsiteDomain'),
      teamName: property(given, 'TeamName'),
      waitMs,
    })
    return result
  })

export const handler: ReturnType<typeof customResource> = (event, context) =>
  umamiFirstRun(secretsManager(), 480_000)(event, context)

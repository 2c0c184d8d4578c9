import { setTimeout as sleep } from 'node:timers/promises'
import { customResource } from '../shared/customResource.ts'
import { property, setting } from '../shared/properties.ts'
import { type SignedFetch, signedFetch } from '../shared/signedFetch.ts'
import { setUpLogSearch } from './setUp.ts'

/** The access policy of a new domain takes a while to reach every node: a 403 in the first minutes is no verdict. */
const ATTEMPTS = 8

/** The custom resource behind `Custom::LogSearchSetup`; `connect` and `waitMs` are seams for tests. */
export const logSearchSetup = (
  connect: (url: string) => SignedFetch,
  waitMs: number,
): ReturnType<typeof customResource> =>
  customResource(async ({ RequestType, ResourceProperties: given }) => {
    const indexPrefix = property(given, 'IndexPrefix')
    const result = { physicalId: `log-search-${indexPrefix}` }
    if (RequestType === 'Delete') return result
    const send = connect(property(given, 'DomainUrl'))
    const days = {
      warm: Number(property(given, 'WarmAfterDays')),
      cold: Number(property(given, 'ColdAfterDays')),
      delete: Number(property(given, 'DeleteAfterDays')),
    }
    for (let attempt = 1; ; attempt += 1) {
      try {
        await setUpLogSearch(send, { indexPrefix, replicas: Number(property(given, 'Replicas')), days })
        return result
      } catch (error) {
        if (attempt === ATTEMPTS) throw error
        await sleep(waitMs)
      }
    }
  })

export const handler: ReturnType<typeof customResource> = (event, context) =>
  logSearchSetup((url) => signedFetch(url, 'es', setting('AWS_REGION')), 15_000)(event, context)

import { randomBytes } from 'node:crypto'
import { customResource } from '../shared/customResource.ts'
import { property } from '../shared/properties.ts'
import { type Secrets, secretsManager } from '../shared/secrets.ts'

const newKey = (): string => randomBytes(36).toString('base64url')

/** The custom resource behind `Custom::SecretKeys`: one secret with many keys costs what a secret with one does. */
export const secretKeys = (secrets: Secrets): ReturnType<typeof customResource> =>
  customResource(async ({ RequestType, ResourceProperties: given }) => {
    const arn = property(given, 'SecretArn')
    const result = { physicalId: `keys-of-${arn}` }
    if (RequestType === 'Delete') return result
    const names = Array.isArray(given.Keys) ? given.Keys.map(String) : []
    const held = JSON.parse(await secrets.read(arn)) as Record<string, string>
    const missing = names.filter((name) => !held[name])
    if (missing.length > 0) {
      const added = Object.fromEntries(missing.map((name) => [name, newKey()]))
      await secrets.write(arn, JSON.stringify({ ...held, ...added }))
    }
    return result
  })

export const handler: ReturnType<typeof customResource> = (event, context) =>
  secretKeys(secretsManager())(event, context)

import { type CustomResourceEvent, customResource } from '../shared/customResource.ts'
import { log } from '../shared/log.ts'
import { property } from '../shared/properties.ts'
import { type Secrets, secretsManager } from '../shared/secrets.ts'
import { bootstrap } from './bootstrap.ts'
import { connectionSecret } from './connectionSecret.ts'

const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

/** The custom resource behind `Custom::DatabaseBootstrap`; `secrets` is a seam for tests. */
export const databaseBootstrap = (secrets: Secrets): ReturnType<typeof customResource> =>
  customResource(
    async ({ RequestType, ResourceProperties: given, PhysicalResourceId }: CustomResourceEvent) => {
      const name = property(given, 'Name')
      const physicalId = `observe-database-${name}`
      // Data outlives the stack: dropping a schema is a decision for a person, not for a rollback.
      if (RequestType === 'Delete') return { physicalId: PhysicalResourceId ?? physicalId }

      const kind = property(given, 'Kind')
      if (kind !== 'schema' && kind !== 'database') throw new Error(`Kind is ${kind}, not schema or database`)
      const master = JSON.parse(await secrets.read(property(given, 'MasterSecretArn'))) as Record<
        string,
        string
      >
      if (!master.username || !master.password)
        throw new Error('the master secret holds no username and password')
      const connectionArn = property(given, 'ConnectionSecretArn')
      const { password } = JSON.parse(await secrets.read(connectionArn)) as Record<string, string>
      if (!password) throw new Error('the connection secret holds no password')
      const { address, before, after } = await bootstrap({
        kind,
        name,
        password,
        address: {
          host: property(given, 'Host'),
          port: Number(given.Port ?? 5432),
          database: property(given, 'Database'),
          tls: given.Tls !== 'false',
        },
        master: { user: master.username, password: master.password },
        extensions: list(given.Extensions),
      })
      log('info', 'database baseline', { name, before, after })
      await secrets.write(connectionArn, connectionSecret(kind, { user: name, password }, address))
      return {
        physicalId,
        data: {
          Database: address.database,
          BaselineBefore: JSON.stringify(before),
          BaselineAfter: JSON.stringify(after),
        },
      }
    },
  )

export const handler: ReturnType<typeof customResource> = (event, context) =>
  databaseBootstrap(secretsManager())(event, context)

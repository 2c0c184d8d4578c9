import { GetParameterCommand, PutParameterCommand, type SSMClient } from '@aws-sdk/client-ssm'
import type { Checkpoints } from './exportLogs.ts'

/** Checkpoints as SSM parameters under `path`: free, atomic and readable by a person. */
export const ssmCheckpoints = (ssm: SSMClient, path: string): Checkpoints => {
  const nameOf = (logGroup: string): string =>
    `${path}/${logGroup.replace(/^\//, '').replace(/[^\w./-]/g, '_')}`
  return {
    read: async (logGroup) => {
      try {
        const { Parameter } = await ssm.send(new GetParameterCommand({ Name: nameOf(logGroup) }))
        const time = Date.parse(Parameter?.Value ?? '')
        if (Number.isNaN(time)) throw new Error(`${nameOf(logGroup)} does not hold a date`)
        return time
      } catch (error) {
        if (error instanceof Error && error.name === 'ParameterNotFound') return undefined
        throw error
      }
    },
    write: async (logGroup, exportedUntil) => {
      const Value = new Date(exportedUntil).toISOString()
      await ssm.send(
        new PutParameterCommand({ Name: nameOf(logGroup), Value, Type: 'String', Overwrite: true }),
      )
    },
  }
}

import type { ReadOriginSecret } from './originSecret.ts'

/** Reads both stages of a secret from Secrets Manager. A secret that was never rotated has no previous one. */
export const readOriginSecret =
  (arn: string): ReadOriginSecret =>
  async () => {
    const { SecretsManager } = await import('@aws-sdk/client-secrets-manager')
    const client = new SecretsManager({ maxAttempts: 3 })
    const stage = async (VersionStage: string): Promise<string> =>
      (await client.getSecretValue({ SecretId: arn, VersionStage })).SecretString ?? ''
    const previous = stage('AWSPREVIOUS').catch((error: Error) => {
      if (error.name === 'ResourceNotFoundException') return ''
      throw error
    })
    return Promise.all([stage('AWSCURRENT'), previous])
  }

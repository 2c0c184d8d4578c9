import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'

/** Reads and writes secrets by ARN. */
export interface Secrets {
  read(arn: string): Promise<string>
  write(arn: string, value: string): Promise<void>
}

/** Secrets Manager of the function's own region. */
export const secretsManager = (): Secrets => {
  const client = new SecretsManagerClient({})
  return {
    read: async (SecretId) => (await client.send(new GetSecretValueCommand({ SecretId }))).SecretString ?? '',
    write: async (SecretId, SecretString) => {
      await client.send(new PutSecretValueCommand({ SecretId, SecretString }))
    },
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { GrafanaClient } from '@aws-sdk/client-grafana'

const ATTEMPTS = 6

/**
 * Makes a client try again what it may not do yet: IAM is eventually consistent, and on a first deployment its role is
 * seconds old. From `retryMs` each wait doubles; with 2,000 the last attempt is after a minute.
 */
export const retryDenied = (client: GrafanaClient, retryMs: number): void => {
  client.middlewareStack.add(
    (next) => async (args) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await next(args)
        } catch (error) {
          const isDenied = error instanceof Error && error.name === 'AccessDeniedException'
          if (!isDenied || attempt === ATTEMPTS) throw error
          await sleep(retryMs * 2 ** (attempt - 1))
        }
      }
    },
    { step: 'initialize', name: 'retryDenied' },
  )
}

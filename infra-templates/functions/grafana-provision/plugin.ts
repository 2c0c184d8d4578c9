import { setTimeout as sleep } from 'node:timers/promises'
import type { GrafanaCall } from './grafanaClient.ts'

const POLLS = 120

/**
 * Installs a plugin and waits until Grafana knows it: the answer to the installation comes before the plugin does, and a
 * data source of a type that is not there yet is refused.
 *
 * @throws Error when it is not there after 120 polls.
 */
export const ensurePlugin = async (call: GrafanaCall, plugin: string, pollMs: number): Promise<void> => {
  const isThere = async (): Promise<boolean> =>
    (await call('GET', `/api/plugins/${plugin}/settings`, undefined, [404])).status === 200
  if (await isThere()) return
  await call('POST', `/api/plugins/${plugin}/install`, {}, [409])
  for (let poll = 1; poll <= POLLS; poll += 1) {
    await sleep(pollMs)
    if (await isThere()) return
  }
  throw new Error(
    `the plugin ${plugin} is still missing ${Math.round((POLLS * pollMs) / 1000)} s after its installation began. ` +
      'Deploy again, or without it: EnableLogSearch=false.',
  )
}

import { readdir, readFile } from 'node:fs/promises'
import type { ProvisionedDashboard } from './provision.ts'

/**
 * Reads the dashboards packaged beside the function and fills in this deployment's names, written `__NAME__` in them.
 *
 * @throws Error that names a token nobody gave a value for.
 */
export const readDashboards = async (
  folder: URL,
  tokens: Readonly<Record<string, string>>,
): Promise<ProvisionedDashboard[]> => {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort()
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(new URL(file, folder), 'utf8')
      const filled = text.replace(/__([A-Z][A-Z_]*[A-Z])__/g, (_, name: string) => {
        const value = tokens[name]
        if (value === undefined) throw new Error(`dashboard ${file} needs a value for ${name}`)
        return JSON.stringify(value).slice(1, -1)
      })
      return JSON.parse(filled) as ProvisionedDashboard
    }),
  )
}

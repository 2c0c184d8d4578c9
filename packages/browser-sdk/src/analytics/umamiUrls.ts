import type { UmamiOptions } from '../options/ObserveOptions.ts'

/** Where Umami takes events, and where its script is. Relative when its host is. */
export const umamiUrls = ({
  host,
  endpoint = '/api/send',
  scriptName = 'script.js',
}: UmamiOptions): [send: string, script: string] => {
  const base = host.replace(/\/$/, '')
  return [base + endpoint, `${base}/${scriptName}`]
}

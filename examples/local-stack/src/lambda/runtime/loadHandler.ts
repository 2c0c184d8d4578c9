import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

export type AnyHandler = (event: unknown, ...rest: unknown[]) => unknown

/** Loads `index.handler` of the task root. */
export const loadHandler = async (env: NodeJS.ProcessEnv): Promise<AnyHandler> => {
  const [file = 'index', name = 'handler'] = (env._HANDLER ?? '').split('.')
  const module: Record<string, unknown> = await import(
    pathToFileURL(join(env.LAMBDA_TASK_ROOT ?? '', `${file}.mjs`)).href
  )
  const handler = module[name]
  if (typeof handler === 'function') return handler as AnyHandler
  const error = new Error(`${env._HANDLER} is undefined or not exported`)
  error.name = 'Runtime.HandlerNotFound'
  throw error
}

import { callHandler } from './callHandler.ts'
import { callStreamingHandler } from './callStreamingHandler.ts'
import { currentInvocation } from './currentInvocation.ts'
import { errorDocument } from './errorDocument.ts'
import { loadHandler } from './loadHandler.ts'
import { createRuntimeClient, type RuntimeClient } from './runtimeClient.ts'
import { STREAMING } from './streaming.ts'

/** The life of a sandbox: load the handler, then serve one invocation after the other. */
export const runLoop = async (env: NodeJS.ProcessEnv): Promise<never> => {
  const client = createRuntimeClient(env.AWS_LAMBDA_RUNTIME_API ?? '')
  exitOnStrayErrors(client)
  const handler = await loadHandler(env).catch(async (thrown) => {
    console.error(thrown)
    await client.failInit(errorDocument(thrown))
    return process.exit(1)
  })
  const streams = STREAMING in handler
  for (;;) {
    const invocation = await client.next()
    currentInvocation.requestId = invocation.requestId
    env._X_AMZN_TRACE_ID = invocation.traceHeader
    if (streams) {
      await callStreamingHandler(handler, invocation, env, client)
      continue
    }
    try {
      const result = await callHandler(handler, invocation, env)
      const body = JSON.stringify(result) ?? 'null'
      await client.respond(invocation.requestId, body)
    } catch (thrown) {
      console.error(thrown)
      await client.fail(invocation.requestId, errorDocument(thrown))
    }
  }
}

const exitOnStrayErrors = (client: RuntimeClient) => {
  const exit = async (kind: string, thrown: unknown, code: number) => {
    console.error(kind, thrown)
    const document = { ...errorDocument(thrown), errorType: `Runtime.${kind}` }
    if (currentInvocation.requestId) await client.fail(currentInvocation.requestId, document)
    process.exit(code)
  }
  process.on('unhandledRejection', (reason) => void exit('UnhandledPromiseRejection', reason, 128))
  process.on('uncaughtException', (error) => void exit('UncaughtException', error, 129))
}

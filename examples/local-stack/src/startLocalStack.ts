import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { DEFAULT_COLLECTOR_PATH } from '@acme/observe-schema/protocol'
import { createLogIngest } from './cloudwatch/ingestLogs.ts'
import { createConsole } from './console/createConsole.ts'
import { listen } from './http/listen.ts'
import { createHttpApi } from './http-api/httpApi.ts'
import { bundleFunctions } from './lambda/bundleFunctions.ts'
import type { FunctionDefinition } from './lambda/functionDefinition.ts'
import { createLambdaFunction, type LambdaFunction, type Outage } from './lambda/lambdaFunction.ts'
import { loadFunctions } from './loadFunctions.ts'
import { createShop } from './shop/createShop.ts'
import { openStore, type QueryParameters } from './store/openStore.ts'

export interface LocalStackOptions {
  /** Port of the console. Default: a free one. */
  port?: number
  /** Port of the shop, its API, the collector and the receivers. Default: a free one. */
  shopPort?: number
  /** Folder that keeps the database. Default: in memory. */
  data?: string
  /** Default: the functions of the example API. */
  functions?: readonly FunctionDefinition[]
  /** Folder of the built shop. Default: `examples/web/dist`. */
  siteFolder?: string
  /**
   * Module that each sandbox starts with and that runs `_HANDLER` against `AWS_LAMBDA_RUNTIME_API`, for instance one that
   * imports `aws-lambda-ric`. Default: the stack's own runtime client.
   */
  bootstrap?: string
}

/** A running stack: every server on 127.0.0.1. */
export interface LocalStack {
  /** Origin of the shop, without a slash at its end. */
  shopUrl: string
  consoleUrl: string
  /** By name; each can be stopped and started like an outage. */
  functions: Readonly<Record<string, LambdaFunction>>
  /** SQL on the store; sees everything that has arrived. */
  query<R extends object>(sql: string, parameters?: QueryParameters): Promise<R[]>
  /** Takes the collector down: 503 without CORS headers, or (`unreachable`) no answer at all. */
  stopCollector(outage?: Outage): Promise<void>
  startCollector(): void
  /** Ends every server and process of the stack. */
  close(): Promise<void>
}

const EXAMPLE_SITE = fileURLToPath(new URL('../../web/dist', import.meta.url))
const COLLECTOR_ROUTE = `POST ${DEFAULT_COLLECTOR_PATH}`

/**
 * Starts the shop, its API and collector as Lambda functions, the receivers, the store and the console.
 * @throws {PortTaken} when a given port is in use.
 * @example
 * const stack = await startLocalStack()
 * await fetch(`${stack.shopUrl}/api/orders`)
 * await stack.query('SELECT status FROM requests')
 * await stack.close()
 */
export const startLocalStack = async (options: LocalStackOptions = {}): Promise<LocalStack> => {
  const closers: (() => Promise<void>)[] = []
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer()
  }
  try {
    return await start(options, closers, close)
  } catch (error) {
    await close()
    throw error
  }
}

const start = async (
  {
    port = 0,
    shopPort = 0,
    data,
    functions: definitions,
    siteFolder = EXAMPLE_SITE,
    bootstrap,
  }: LocalStackOptions,
  closers: (() => Promise<void>)[],
  close: () => Promise<void>,
): Promise<LocalStack> => {
  const consoleServer = createServer()
  const consoleListening = await listen(consoleServer, port)
  closers.push(consoleListening.close)
  const shopServer = createServer()
  const shopListening = await listen(shopServer, shopPort)
  closers.push(shopListening.close)
  const shopUrl = `http://127.0.0.1:${shopListening.port}`

  const store = await openStore(data)
  closers.push(store.close)
  const deployed = (definitions ?? (await loadFunctions())).map((definition) => ({
    ...definition,
    environment: {
      SHOP_ORIGINS: `${shopUrl},http://localhost:${shopListening.port}`,
      ...definition.environment,
    },
  }))
  const bundles = await bundleFunctions(deployed)
  closers.push(bundles.remove)
  const onLogLine = createLogIngest(store)
  const functions = deployed.map((definition) =>
    createLambdaFunction({
      definition,
      taskRoot: bundles.taskRoot(definition.name),
      bootstrap: bootstrap ?? bundles.bootstrap,
      onLogLine,
    }),
  )
  closers.push(async () => void (await Promise.all(functions.map((one) => one.stop('unreachable')))))

  const collector = functions.find(({ definition }) => definition.routes.includes(COLLECTOR_ROUTE))
  shopServer.on(
    'request',
    createShop({
      siteFolder,
      store,
      httpApi: createHttpApi(functions),
      isCollector: (path) => path === DEFAULT_COLLECTOR_PATH,
    }),
  )
  const console = await createConsole({ store, shopUrl })
  closers.push(console.close)
  consoleServer.on('request', console.listener)

  return {
    shopUrl,
    consoleUrl: `http://127.0.0.1:${consoleListening.port}`,
    functions: Object.fromEntries(functions.map((one) => [one.definition.name, one])),
    query: store.query,
    stopCollector: async (outage) => collector?.stop(outage),
    startCollector: () => collector?.start(),
    close,
  }
}

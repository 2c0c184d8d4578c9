import { startLocalStack } from '../index.ts'
import { testFunction } from './testFunction.ts'

/** Starts a stack and one sandbox, prints the sandbox' process id, and waits to be killed. */
const stack = await startLocalStack({ functions: [testFunction('misbehaving')] })
const response = await fetch(`${stack.shopUrl}/api/misbehaving`)
const { pid } = (await response.json()) as { pid: number }
process.stdout.write(String(pid))

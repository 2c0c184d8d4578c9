import { afterEach, beforeEach, expect } from 'vitest'

const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const
const original = { ...console }
let calls: string[] = []

beforeEach(() => {
  calls = []
  for (const method of METHODS) {
    console[method] = (...args: unknown[]) => {
      calls.push(`console.${method}(${args.map(String).join(', ')})`)
    }
  }
})

afterEach(() => {
  Object.assign(console, original)
  expect(calls, 'a test printed to the console; spy on it if the output is what you test').toEqual([])
})

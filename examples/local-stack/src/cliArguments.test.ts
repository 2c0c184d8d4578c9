import { describe, expect, it } from 'vitest'
import { readArguments } from './cliArguments.ts'

describe('readArguments', () => {
  it('has defaults', () => {
    expect(readArguments([], {})).toEqual({
      help: false,
      port: 4400,
      shopPort: undefined,
      data: undefined,
      simulate: 0,
      seed: 1,
      build: true,
    })
  })

  it('takes the port from PORT, and from --port before that', () => {
    expect(readArguments([], { PORT: '5000' }).port).toBe(5000)
    expect(readArguments(['--port', '6000'], { PORT: '5000' }).port).toBe(6000)
  })

  it('reads every option', () => {
    const args = [
      '--port=1',
      '--shop-port',
      '2',
      '--simulate',
      '200',
      '--seed',
      '3',
      '--data',
      'kept',
      '--no-build',
    ]
    expect(readArguments(args, {})).toEqual({
      help: false,
      port: 1,
      shopPort: 2,
      data: 'kept',
      simulate: 200,
      seed: 3,
      build: false,
    })
  })

  it.each([
    [['--prot', '1'], "Unknown option '--prot'"],
    [['extra'], 'extra'],
    [['--port'], '--port'],
    [['--port', 'x'], '--port needs a whole number up to 65535, not "x"'],
    [['--port', '70000'], '--port'],
    [['--simulate', '-1'], '--simulate'],
    [['--simulate', '1.5'], '--simulate needs a whole number'],
  ])('refuses %j and names the mistake', (args, message) => {
    expect(() => readArguments(args, {})).toThrow(message)
  })
})

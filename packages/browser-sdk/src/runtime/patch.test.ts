import { expect, test } from 'vitest'
import { patch } from './patch.ts'

test('replaces a method and puts it back', () => {
  const target = { say: () => 'a' }
  const { say } = target
  const restore = patch(target, 'say', (original) => () => `${original()}b`)
  expect(target.say()).toBe('ab')
  restore()
  expect(target.say).toBe(say)
})

test('leaves alone what others have replaced since', () => {
  const target = { say: () => 'a' }
  const restore = patch(target, 'say', (original) => () => `${original()}b`)
  const theirs = () => 'c'
  target.say = theirs
  restore()
  expect(target.say).toBe(theirs)
})

test('leaves alone what is locked against changes', () => {
  const target = Object.freeze({ say: (): string => 'a' })
  const restore = patch(target, 'say', () => () => 'b')
  expect(target.say()).toBe('a')
  expect(restore).not.toThrow()
})

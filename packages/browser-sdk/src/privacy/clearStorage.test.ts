import { expect, it } from 'vitest'
import { clearStorage } from './clearStorage.ts'

it("deletes our keys and the recorder's, and nobody else's", () => {
  for (const key of [
    'observe.session',
    'observe.exit.1',
    '__openreplay_uuid',
    '__or__watched_tags__',
    'theirs',
    'observer',
  ]) {
    localStorage.setItem(key, 'x')
    sessionStorage.setItem(key, 'x')
  }
  clearStorage()
  expect(Object.keys(localStorage).sort()).toEqual(['observer', 'theirs'])
  expect(Object.keys(sessionStorage).sort()).toEqual(['observer', 'theirs'])
})

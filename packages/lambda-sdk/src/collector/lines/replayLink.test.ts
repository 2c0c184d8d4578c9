import { expect, it } from 'vitest'
import { replayLink } from './replayLink.ts'

it.each([
  ['https://observe.example.com/7/session/3941', 'https://observe.example.com/7/session/3941'],
  [
    'https://observe.example.com:8443/5/session/8123456789012345678',
    'https://observe.example.com:8443/5/session/8123456789012345678',
  ],
  [
    'https://jane:secret@observe.example.com/7/session/3941?token=abc#at',
    'https://observe.example.com/7/session/3941',
  ],
  ['http://localhost:8080/session/1', 'http://localhost:8080/session/1'],
  ['javascript:alert(1)', undefined],
  ['data:text/html,x', undefined],
  ['ftp://observe.example.com/7/session/3941', undefined],
  ['blob:https://observe.example.com/3941', undefined],
  ['/7/session/3941', undefined],
  ['', undefined],
])('%s', (url, link) => {
  expect(replayLink(url)).toBe(link)
})

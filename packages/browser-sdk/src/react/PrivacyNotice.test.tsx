// @vitest-environment node
import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, it } from 'vitest'
import { PrivacyNotice } from './index.ts'

it('is not there on a server, where nobody can be asked', () => {
  expect(renderToString(createElement(PrivacyNotice))).toBe('')
})

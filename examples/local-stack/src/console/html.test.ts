import { expect, it } from 'vitest'
import { html, trusted } from './html.ts'

it('escapes every value that is not markup', () => {
  const hostile = `<b a="1" c='2'>&`
  expect(html`<p title="${hostile}">${hostile}</p>`.markup).toBe(
    '<p title="&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;">&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;</p>',
  )
})

it('nests templates and lists, and leaves out what is not there', () => {
  const rows = ['<1>', '2'].map((row) => html`<li>${row}</li>`)
  expect(html`<ul>${rows}${false}${null}${undefined}${[]}${0}</ul>`.markup).toBe(
    '<ul><li>&lt;1&gt;</li><li>2</li>0</ul>',
  )
})

it('takes trusted markup, and backslashes, as they are', () => {
  expect(html`${trusted('<hr>')}${'\\n'}`.markup).toBe('<hr>\\n')
})

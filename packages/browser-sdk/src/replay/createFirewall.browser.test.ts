import { beforeEach, describe, expect, it } from 'vitest'
import { createElementRules } from './createElementRules.ts'
import { createFirewall, type Message } from './createFirewall.ts'

let nodes: (Node | undefined)[]
const firewall = (strict = false) =>
  createFirewall({
    rules: createElementRules({ strict, maskSelector: '.internal' }),
    nodeOf: (id) => nodes[id],
    consoleLevels: ['error'],
    isOwn: (url) => url.startsWith('https://observe.example'),
  })
const pass = (message: Message, strict?: boolean) => (firewall(strict)([message]) as Message[])[0]
const show = (html: string) => {
  document.body.innerHTML = html
  nodes = [document, ...document.body.querySelectorAll('*')]
}
const textIn = (selector: string) => nodes.push(document.querySelector(selector)?.firstChild ?? undefined) - 1

beforeEach(() => show(''))

describe('text', () => {
  it('stays, is masked where it looks personal, and is wiped where the element says so', () => {
    show(
      '<p id="a"></p><p id="b" data-observe-mask>Jane Doe</p><p id="c" class="internal">x</p><p id="d">ok</p>',
    )
    nodes.push(document.querySelector('#d')?.firstChild ?? undefined)
    const d = nodes.length - 1
    expect(pass([14, d, 'red shoes'])).toEqual([14, d, 'red shoes'])
    expect(pass([14, d, 'mail jane@example.com'])).toEqual([14, d, 'mail [email]'])
    expect(pass([14, textIn('#b'), 'Jane Doe'])?.[2]).toBe('**** ***')
    expect(pass([14, textIn('#c'), 'secret'])?.[2]).toBe('******')
    expect(pass([14, 999, 'of a node that is gone'])?.[2]).toBe('** * **** **** ** ****')
  })

  it('is recorded in strict mode only where the application says so', () => {
    show(
      '<p>plain</p><div data-observe-record><p id="ok">fine</p><p data-observe-mask id="no">Jane</p></div>',
    )
    expect(pass([14, textIn('p'), 'plain'], true)?.[2]).toBe('*****')
    expect(pass([14, textIn('#ok'), 'fine'], true)?.[2]).toBe('fine')
    expect(pass([14, textIn('#no'), 'Jane'], true)?.[2]).toBe('****')
  })

  it.each([
    '<textarea>Jane</textarea>',
    '<div contenteditable>Jane</div>',
    '<div contenteditable><b>Jane</b></div>',
  ])('is wiped in %s', (html) => {
    show(html)
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const id = nodes.push(walker.nextNode() ?? undefined) - 1
    expect(pass([14, id, 'Jane'])?.[2]).toBe('****')
  })
})

describe('fields', () => {
  it.each([
    ['<input name="quantity">', '17', '17'],
    ['<input name="coupon">', 'jane@example.com', '[email]'],
    ['<input name="email">', 'jane', '****'],
    ['<input type="password">', 'hunter2', '*******'],
    ['<input autocomplete="cc-number">', '4111', '****'],
    ['<label>Nachname <input></label>', 'Doe', '***'],
    ['<input aria-label="Prénom">', 'Jane', '****'],
    ['<input placeholder="Apellido">', 'Doe', '***'],
  ])('%s with %s shows %s', (html, value, shown) => {
    show(html)
    const id = nodes.findIndex((node) => node instanceof HTMLInputElement)
    expect(pass([18, id, value, 0])).toEqual([18, id, shown, 0])
    expect(pass([112, id, value, false, 'label', 5, 6])?.[2]).toBe(shown)
  })

  it('shows the text of what is selected, for values of options are not recorded', () => {
    show('<select name="size"><option value="jane@example.com">Large</option></select>')
    expect(pass([18, 1, 'jane@example.com', 0])?.[2]).toBe('Large')
  })
})

describe('attributes', () => {
  it.each(['class', 'style', 'id', 'type', 'role', 'aria-expanded', '__openreplay_dialog', 'orloaded'])(
    '%s is recorded',
    (name) => {
      show('<p></p>')
      expect(pass([12, 1, name, 'x'])).toEqual([12, 1, name, 'x'])
    },
  )

  it.each([
    'title',
    'alt',
    'placeholder',
    'aria-label',
    'aria-description',
    'data-customer',
    'value',
    'label',
    'summary',
    'content',
    'href',
    'srcdoc',
    'x-unknown',
    'cite',
    'action',
  ])('%s is not', (name) => {
    show('<p></p>')
    expect(pass([12, 1, name, 'Jane'])).toBeUndefined()
  })

  it('the value of a button is its text', () => {
    show('<input type="submit"><input type="submit" data-observe-mask>')
    expect(pass([12, 1, 'value', 'Pay'])?.[3]).toBe('Pay')
    expect(pass([12, 2, 'value', 'Pay'])?.[3]).toBe('***')
  })

  it('addresses of pictures lose query and fragment, and vanish where they are personal', () => {
    show('<img><img data-observe-mask>')
    const src = (id: number, url: string) => pass([60, id, 'src', url, `${location.origin}/a/b?q=jane`])
    expect(src(1, 'x.png?user=jane#y')).toEqual([
      60,
      1,
      'src',
      `${location.origin}/a/x.png`,
      `${location.origin}/`,
    ])
    expect(src(1, '/of/jane@example.com.png')?.[3]).toBe('')
    expect(src(1, 'javascript:alert(1)')?.[3]).toBe('')
    expect(src(2, 'x.png')?.[3]).toBe('')
    expect(pass([61, 1, 'a{b:url("/x.png?t=1")} c{d:url(#e)}', ''])?.[2]).toBe(
      `a{b:url("${location.origin}/x.png")} c{d:url(#e)}`,
    )
  })
})

describe('attributes of components', () => {
  it.each(['text', 'text-value', 'textvalue', 'fontname', 'maskedvalue', 'stopname', 'd'])(
    '%s is recorded on no element of HTML',
    (name) => {
      show('<x-chip></x-chip>')
      expect(pass([12, nodes.length - 1, name, 'Jane Doe'])).toBeUndefined()
    },
  )

  it('keep the paint of drawings', () => {
    show('<svg><text text-anchor="middle"></text></svg>')
    const id = nodes.length - 1
    for (const name of ['text-anchor', 'd', 'viewBox', 'fill', 'stroke-width', 'clip-path', 'font-size']) {
      expect(pass([12, id, name, 'middle'])).toEqual([12, id, name, 'middle'])
    }
  })

  it('say nothing through the style of a masked element', () => {
    show('<p data-observe-mask></p>')
    const id = nodes.length - 1
    const style = `--label:"Jane Doe"; --name: Jane; color:red; content:'Jane'`
    expect(pass([12, id, 'style', style])?.[3]).not.toContain('Jane')
    expect(pass([12, id, 'style', style])?.[3]).toContain('color:red')
    expect(pass([60, id, 'style', style, ''])?.[3]).not.toContain('Jane')
  })
})

describe('what visitors do', () => {
  it('a click is named by the text that is shown unmasked', () => {
    show('<button id="pay" aria-label="Jane"><b>Pay</b> for <i data-observe-mask>Jane</i></button>')
    expect(pass([68, 1, 7, 'Pay for Jane', '[data-customer="Jane"]', 1, 2])).toEqual([
      68,
      1,
      7,
      'Pay for',
      'button#pay',
      1,
      2,
    ])
  })

  it('a selection has no text', () => {
    expect(pass([113, 1, 2, 'Jane'])).toEqual([113, 1, 2, ''])
  })

  it('a request is its method, path and status', () => {
    expect(
      pass([
        83,
        'fetch',
        'POST',
        '/api/orders/4711?who=jane',
        '{"body":"jane"}',
        '{"body":"jane"}',
        201,
        5,
        6,
        7,
      ]),
    ).toEqual([83, 'fetch', 'POST', '/api/orders/:id', '{}', '{}', 201, 5, 6, 7])
    expect(
      pass([83, 'fetch', 'POST', 'https://observe.example/v1/events', '', '', 202, 5, 6, 7]),
    ).toBeUndefined()
  })

  it('a page is its sanitized address and title', () => {
    expect(
      pass([
        122,
        'https://shop.example/u/4711?q=jane#x',
        'https://a.example/?j=jane',
        5,
        'of jane@example.com',
      ]),
    ).toEqual([122, 'https://shop.example/u/:id', 'https://a.example/', 5, 'of [email]'])
    expect(firewall()({ type: 'start', url: 'https://shop.example/?q=jane', pageNo: 1 })).toEqual({
      type: 'start',
      url: 'https://shop.example/',
      pageNo: 1,
    })
  })
})

describe('what belongs to no element of the body', () => {
  const page: Message = [122, 'https://shop.example/', '', 0, 'Order of Jane Doe']
  const line: Message = [22, 'error', 'no order for Jane Doe, jane@example.com']

  it('is masked by value', () => {
    expect(pass(page)?.[4]).toBe('Order of Jane Doe')
    expect(pass(line)).toEqual([22, 'error', 'no order for Jane Doe, [email]'])
    expect(pass([22, 'log', 'Jane'])).toBeUndefined()
  })

  it('is wiped in strict mode', () => {
    expect(pass(page, true)?.[4]).toBe('***** ** **** ***')
    expect(pass(line, true)).toEqual([22, 'error', '** ***** *** **** **** ****************'])
  })

  it('is wiped where the title says so, and recorded in strict mode where it allows it', () => {
    const title =
      document.head.querySelector('title') ?? document.head.appendChild(document.createElement('title'))
    title.setAttribute('data-observe-mask', '')
    expect(pass(page)?.[4]).toBe('***** ** **** ***')
    title.removeAttribute('data-observe-mask')
    title.setAttribute('data-observe-record', '')
    expect(pass(page, true)?.[4]).toBe('Order of Jane Doe')
    title.removeAttribute('data-observe-record')
  })
})

it.each([21, 34, 35, 40, 42, 43, 46, 52, 53, 63, 78, 79, 84, 85, 87, 89, 116, 119, 121, 123, 999])(
  'drops messages of type %i',
  (type) => {
    expect(pass([type, 'Jane', 'Jane', 'Jane'])).toBeUndefined()
  },
)

it('lets commands pass, and survives what it does not expect', () => {
  expect(firewall()('closing')).toBe('closing')
  expect(firewall()({ type: 'auth', token: 't' })).toEqual({ type: 'auth', token: 't' })
  expect(firewall()(undefined)).toBeUndefined()
  expect(
    firewall()([
      [12, 1],
      [0, 5],
    ]),
  ).toEqual([[0, 5]])
})

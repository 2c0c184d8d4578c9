/** Markup that is safe to send. Only {@link html} and {@link trusted} make it. */
export interface Html {
  readonly markup: string
}

type Part = Html | string | number | false | null | undefined | readonly Part[]

/** A template whose values are escaped, unless they are markup themselves. */
export const html = (strings: TemplateStringsArray, ...values: readonly Part[]): Html => ({
  markup: String.raw({ raw: strings }, ...values.map(render)),
})

/** Markup made here, not from data: icons and the like. */
export const trusted = (markup: string): Html => ({ markup })

const render = (value: Part): string => {
  if (value === false || value === null || value === undefined) return ''
  if (typeof value === 'object') return isHtml(value) ? value.markup : value.map(render).join('')
  return escapeText(String(value))
}

const isHtml = (value: Html | readonly Part[]): value is Html => 'markup' in value

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '')

import { classifyField, FIELD_SELECTORS, isFreeTextField } from '@acme/observe-schema/masking'

export interface ElementRulesOptions {
  /** True masks everything that is not inside `[data-observe-record]`. */
  strict?: boolean | undefined
  /** A selector of further elements to mask. */
  maskSelector?: string | undefined
}

/** Decides what of an element may be recorded. */
export interface ElementRules {
  /** True when nothing that this node shows may be recorded. An unknown node is masked. */
  isMasked: (node: Node | null | undefined) => boolean
  /** Elements change; call it between two lots of questions. */
  forget: () => void
}

/** Free text, in which anything may be written, and the marks of applications and of OpenReplay. */
const MASKED = [
  '[data-observe-mask]',
  '[data-openreplay-masked]',
  '[data-openreplay-obscured]',
  '[data-openreplay-hidden]',
  '[data-openreplay-htmlmasked]',
  'textarea',
  '[contenteditable]:not([contenteditable="false"])',
  'input[type="hidden"]',
  'input[type="file"]',
  ...FIELD_SELECTORS,
].join()

const RECORDED = '[data-observe-record]'

/** Languages whose names for fields the rules know. */
const KNOWN_LANGUAGE = /^(?:en|de|fr|es|it|pt|nl)\b/i

/** Fields in which nothing can be written. */
const CHOICE = /^(?:checkbox|radio|range|color|button|submit|reset|image)$/

/** In another language a label says nothing to the rules, so that any field may be personal. */
const isUnreadable = (field: HTMLInputElement): boolean => {
  const language = field.closest('[lang]')?.getAttribute('lang')
  return Boolean(language) && !KNOWN_LANGUAGE.test(language as string) && !CHOICE.test(field.type)
}

const labelOf = (field: HTMLInputElement): string =>
  [...(field.labels ?? [])].map(({ textContent }) => textContent).join(' ') ||
  [field.getAttribute('aria-label'), field.placeholder, field.title].filter(Boolean).join(' ')

/** Fields are judged by what they are called, in attributes and in their label. */
const isPersonalField = (element: Element): boolean => {
  if (!/^(?:input|select|output)$/.test(element.localName)) return false
  const field = element as HTMLInputElement
  const { type, autocomplete, name, id } = field
  const description = { type, autocomplete, name, id, label: labelOf(field) }
  return classifyField(description) !== undefined || isFreeTextField(description) || isUnreadable(field)
}

/**
 * The rules and the marks that mask decide first, then `data-observe-record`, which frees an element in strict mode but
 * never a personal field, then the element around it.
 */
export const createElementRules = ({
  strict = false,
  maskSelector,
}: ElementRulesOptions = {}): ElementRules => {
  const masked = maskSelector ? `${MASKED},${maskSelector}` : MASKED
  let known = new WeakMap<Node, boolean>()

  const judge = (node: Node): boolean => {
    const parent = node.parentNode ?? (node as ShadowRoot).host ?? null
    if (!(node instanceof Element)) return node instanceof Document ? strict : isMasked(parent)
    if (node.matches(masked) || isPersonalField(node)) return true
    if (node.matches(RECORDED)) return isMaskedByMark(node)
    return parent ? isMasked(parent) : strict
  }

  /** `data-observe-mask` around an element always masks, whatever the element says. */
  const isMaskedByMark = (element: Element): boolean => element.closest('[data-observe-mask]') !== null

  const isMasked = (node: Node | null | undefined): boolean => {
    if (!node) return true
    const before = known.get(node)
    if (before !== undefined) return before
    const answer = judge(node)
    known.set(node, answer)
    return answer
  }

  return {
    isMasked,
    forget: () => {
      known = new WeakMap()
    },
  }
}

import { maskText } from '@acme/observe-schema/masking'
import type { ElementRules } from './createElementRules.ts'

const MAX_LENGTH = 100

/** The text that a node shows, without what is masked inside it. Attributes are not read. */
export const visibleText = (node: Node, rules: ElementRules): string => {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT)
  let text = ''
  while (text.length < MAX_LENGTH * 2 && walker.nextNode()) {
    if (!rules.isMasked(walker.currentNode)) text += ` ${(walker.currentNode as Text).data}`
  }
  return maskText(
    text
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, MAX_LENGTH * 2),
  ).slice(0, MAX_LENGTH)
}

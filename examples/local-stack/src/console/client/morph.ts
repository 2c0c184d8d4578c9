/**
 * Makes one element like another while keeping what has not changed: focus, scroll positions, open
 * details and drawn plots survive an update.
 */
export const morph = (target: Element, source: Element): void => {
  copyAttributes(target, source)
  if (target instanceof HTMLElement && target.dataset.chart !== undefined) return
  const kept = [...target.childNodes]
  const wanted = [...source.childNodes]
  for (const [index, node] of wanted.entries()) {
    const existing = kept[index]
    if (!existing) target.append(document.importNode(node, true))
    else if (!alike(existing, node)) existing.replaceWith(document.importNode(node, true))
    else if (existing instanceof Element) morph(existing, node as Element)
    else if (existing.nodeValue !== node.nodeValue) existing.nodeValue = node.nodeValue
  }
  for (const extra of kept.slice(wanted.length)) extra.remove()
}

const alike = (one: Node, other: Node): boolean =>
  one.nodeName === other.nodeName && (!(one instanceof Element) || one.id === (other as Element).id)

const copyAttributes = (target: Element, source: Element) => {
  for (const { name, value } of source.attributes) {
    if (target.getAttribute(name) !== value) target.setAttribute(name, value)
  }
  for (const { name } of [...target.attributes]) {
    // The reader opened it; the server does not know.
    if (name !== 'open' && !source.hasAttribute(name)) target.removeAttribute(name)
  }
}

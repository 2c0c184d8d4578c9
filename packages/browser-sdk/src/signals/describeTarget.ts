/** Names made of letters only: a digit, an `@` or a long name may be somebody's. */
const isPlain = (name: string): boolean => /^[a-z][a-z_-]{0,30}$/i.test(name)

/**
 * A short CSS selector of a node, for people to recognise it by. Never holds text, values or attributes, and no id
 * or class with digits in it.
 */
export const describeTarget = (node: unknown): string | undefined => {
  const parts: string[] = []
  let element = node instanceof Element ? node : (node as Node | null)?.parentElement
  for (; element && parts.length < 3; element = element.parentElement) {
    const id = isPlain(element.id) && `#${element.id}`
    parts.unshift(
      element.localName +
        (id ||
          [...element.classList]
            .filter(isPlain)
            .slice(0, 2)
            .map((name) => `.${name}`)
            .join('')),
    )
    if (id) break
  }
  return parts.join('>') || undefined
}

import { maskText, sanitizeUrl } from '@acme/observe-schema/masking'
import { describeTarget } from '../signals/describeTarget.ts'
import type { ElementRules } from './createElementRules.ts'
import { recordableAttribute } from './recordableAttribute.ts'
import { safeAssetUrl, safeCss } from './safeAssetUrl.ts'
import { visibleText } from './visibleText.ts'

/** A message of OpenReplay's protocol: its type and its fields. */
export type Message = readonly [type: number, ...fields: unknown[]]

/** Returns what may be sent instead of a message, or undefined for nothing. */
type Rule = (message: Message) => Message | undefined

export interface FirewallDependencies {
  rules: ElementRules
  /** The node that the tracker knows by this number. */
  nodeOf: (id: number) => Node | undefined
  /** Levels of the console lines that may pass. */
  consoleLevels: readonly string[]
  /** Requests to these addresses are not recorded: they are our own. */
  isOwn: (url: string) => boolean
}

/** Structure, geometry and timing: no text can be in them. */
const HARMLESS = new Set([
  0, 5, 6, 7, 8, 9, 10, 11, 13, 16, 20, 23, 24, 36, 49, 54, 55, 58, 65, 70, 75, 76, 77, 114, 115, 117, 118,
  120, 124,
])

/** As long as the text, and blank where it is blank, so that the page keeps its shape. */
const wipe = (text: string): string => text.replace(/\S/g, '*')

/** Strings and custom properties, by which components hand text to their style sheets. */
const WORDS_IN_CSS = /"[^"]*"|'[^']*'|--[^:;]+:[^;]*;?/g

/**
 * The one gate to the tracker's worker, through which everything recorded must go. It knows what may pass; a message
 * that it does not know is dropped, so that a new one can leak nothing. Numbers are those of the tracker's protocol,
 * version 18.
 */
export const createFirewall = ({
  rules,
  nodeOf,
  consoleLevels,
  isOwn,
}: FirewallDependencies): ((data: unknown) => unknown) => {
  const nodeIn = (message: Message) => nodeOf(message[1] as number)
  const clean = (text: unknown, node: Node | undefined) =>
    rules.isMasked(node) ? wipe(String(text)) : maskText(String(text))
  const styleOf = (node: Node | undefined, css: string, from: string) =>
    safeCss(rules.isMasked(node) ? css.replace(WORDS_IN_CSS, '') : css, from)
  const textOf = (message: Message, text: unknown) => clean(text, nodeIn(message))
  const labelOf = (message: Message) => {
    const node = nodeIn(message)
    return node ? visibleText(node, rules) : ''
  }
  /** A select shows texts, and the values of its options are not recorded. */
  const enteredIn = (message: Message) => {
    const node = nodeIn(message)
    const shown = node instanceof HTMLSelectElement ? (node.selectedOptions[0]?.text ?? '') : message[2]
    return textOf(message, shown)
  }
  const base = () => location.origin + location.pathname
  const home = () => `${location.origin}/`

  const RULES: Record<number, Rule> = {
    // SetNodeAttribute: id, name, value
    12: (message) => {
      const [type, id, name, value] = message as [number, number, string, string]
      const node = nodeIn(message)
      if (recordableAttribute(name, node) && !(name === 'style' && !value)) {
        return [type, id, name, name === 'style' ? styleOf(node, value, base()) : maskText(value)]
      }
      // The text of a button may stand in its value.
      const isButton = node instanceof HTMLInputElement && /^(?:button|submit|reset)$/.test(node.type)
      return name === 'value' && isButton ? [type, id, name, textOf(message, value)] : undefined
    },
    // SetNodeData: id, data
    14: (message) => [14, message[1], textOf(message, message[2])],
    // SetInputTarget: id, label
    17: (message) => [17, message[1], labelOf(message)],
    // SetInputValue: id, value, mask
    18: (message) => [18, message[1], enteredIn(message), 0],
    // SetInputChecked: id, checked
    19: (message) => (rules.isMasked(nodeIn(message)) ? undefined : message),
    // ConsoleLog: level, value. It belongs to no element: the document decides, which is masked in strict mode.
    22: ([type, level, value]) =>
      consoleLevels.includes(String(level)) ? [type, level, clean(value, document)] : undefined,
    // CustomEvent: name, payload
    27: ([type, name, payload]) => [type, maskText(String(name)), maskText(String(payload))],
    // UserID: id
    28: ([type, id]) => [type, maskText(String(id))],
    // Metadata: key, value
    30: ([type, key, value]) => [type, key, maskText(String(value))],
    // LoadFontFace: parent, family, source, descriptors
    57: ([type, parent, family, source, descriptors]) => [
      type,
      parent,
      family,
      safeCss(String(source), base()),
      descriptors,
    ],
    // SetNodeAttributeURLBased: id, name, value, base
    60: (message) => {
      const [type, id, name, value, from] = message as [number, number, string, string, string]
      const node = nodeIn(message)
      if (name === 'style') return [type, id, name, styleOf(node, value, from || base()), home()]
      const isPicture = rules.isMasked(node) && !(node instanceof HTMLLinkElement)
      return [type, id, name, isPicture ? '' : safeAssetUrl(value, from || base()), home()]
    },
    // SetCSSDataURLBased: id, data, base
    61: ([type, id, data, from]) => [type, id, safeCss(String(data), String(from || base())), home()],
    // CustomIssue: name, payload
    64: ([type, name, payload]) => [type, maskText(String(name)), maskText(String(payload))],
    // MouseClick: id, hesitation, label, selector, x, y
    68: (message) => {
      const [type, id, hesitation, , , x, y] = message
      return [type, id, hesitation, labelOf(message), describeTarget(nodeIn(message)) ?? '', x, y]
    },
    // AdoptedSSReplaceURLBased: sheet, text, base
    71: ([type, sheet, text, from]) => [type, sheet, safeCss(String(text), String(from || base())), home()],
    // AdoptedSSInsertRuleURLBased: sheet, rule, index, base
    73: ([type, sheet, rule, index, from]) => [
      type,
      sheet,
      safeCss(String(rule), String(from || base())),
      index,
      home(),
    ],
    // NetworkRequest: type, method, url, request, response, status, at, duration, bytes
    83: ([type, kind, method, url, , , ...rest]) =>
      isOwn(String(url)) ? undefined : [type, kind, method, sanitizeUrl(String(url)), '{}', '{}', ...rest],
    // InputChange: id, value, masked, label, hesitation, duration
    112: (message) => {
      const [type, id, , , , hesitation, duration] = message
      return [
        type,
        id,
        enteredIn(message),
        rules.isMasked(nodeIn(message)),
        labelOf(message),
        hesitation,
        duration,
      ]
    },
    // SelectionChange: start, end, text
    113: ([type, start, end]) => [type, start, end, ''],
    // SetPageLocation: url, referrer, navigation start, title
    122: ([type, url, referrer, start, title]) => [
      type,
      sanitizeUrl(String(url)),
      sanitizeUrl(String(referrer)),
      start,
      clean(title, document.head?.querySelector('title') ?? document),
    ],
  }

  const inspect: Rule = (message) => (HARMLESS.has(message[0]) ? message : RULES[message[0]]?.(message))

  return (data) => {
    if (Array.isArray(data)) {
      rules.forget()
      return data.flatMap((message: Message) => {
        try {
          const safe = inspect(message)
          return safe ? [safe] : []
        } catch {
          return []
        }
      })
    }
    const command = data as { type?: string; url?: string }
    return command?.type === 'start' ? { ...command, url: sanitizeUrl(String(command.url)) } : data
  }
}

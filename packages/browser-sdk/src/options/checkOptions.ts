import { attempt } from '../runtime/guard.ts'
import type { CollectorOptions, ObserveOptions, OpenReplayOptions, UmamiOptions } from './ObserveOptions.ts'

/** Stable code of an options error, for programs to tell mistakes apart. */
export type OptionsErrorCode = 'OBSERVE_MISSING_OPTION' | 'OBSERVE_INVALID_OPTION' | 'OBSERVE_UNKNOWN_OPTION'

/** What `initObservability` throws when an option is wrong. */
export interface OptionsError extends TypeError {
  code: OptionsErrorCode
}

type Rule = readonly [
  expected: string,
  fits: (value: unknown) => unknown,
  isRequired?: boolean | undefined,
  options?: Readonly<Record<string, Rule>> | undefined,
]
type RulesOf<Options> = { readonly [Option in keyof Options]-?: Rule }

const is = (type: string): readonly [string, Rule[1]] => [
  type,
  (value) => typeof value === type && value !== '',
]
const text = is('string')
const flag = is('boolean')
const requiredText: Rule = [...text, true]
const pattern: Rule = ['string or RegExp', (value) => value instanceof RegExp || text[1](value)]
const number = (most: number): Rule => [
  `number from 0 to ${most}`,
  (value) => typeof value === 'number' && value >= 0 && value <= most,
]
/** Timers take a longer delay for none. */
const milliseconds = number(2 ** 31 - 1)
const oneOf = (...words: unknown[]): Rule => [words.join(' or '), (value) => words.includes(value)]
const listOf = ([expected, fits]: Rule): Rule => [
  `array of ${expected}`,
  (value) => Array.isArray(value) && value.every(fits),
]
/** Absolute, or a path on the page's own origin. */
const url = (end = ''): Rule => [
  `URL${end && ` ending in ${end}`}`,
  (value) =>
    text[1](value) &&
    /^(https?:\/)?\/./.test(value as string) &&
    attempt(() => new URL(value as string, 'http://a').href.endsWith(end)),
  true,
]
const group = <Options>(options: RulesOf<Options>, isRequired?: boolean): Rule => [
  'object',
  (value) => Object(value) === value,
  isRequired,
  options,
]

const OPTIONS = group<ObserveOptions>({
  app: requiredText,
  environment: requiredText,
  release: text,
  collector: group<CollectorOptions>({ endpoint: url(), batchIntervalMs: milliseconds }, true),
  openReplay: group<OpenReplayOptions>({
    projectKey: requiredText,
    ingestPoint: url('/ingest'),
    strict: flag,
    maskSelector: text,
  }),
  umami: group<UmamiOptions>({
    websiteId: requiredText,
    host: url(),
    mode: oneOf('direct', 'script'),
    // Appended to the host, whose name it must not go on with.
    endpoint: ['path from /', (value) => text[1](value) && (value as string)[0] === '/'],
    scriptName: text,
    domains: listOf(text),
    tag: text,
  }),
  enabled: flag,
  consent: oneOf('granted', 'denied', 'pending'),
  respectPrivacySignals: flag,
  sampleRate: number(1),
  propagateTo: listOf(pattern),
  allowedUrlParams: listOf(text),
  captureConsole: listOf(oneOf('error', 'warn', 'info', 'log', 'debug')),
  ignoreErrors: listOf(pattern),
  requests: flag,
  slowRequestMs: milliseconds,
  longFrameMs: milliseconds,
  softNavigations: flag,
  navigationTiming: flag,
  beforeSend: is('function'),
  debug: flag,
})

/** Misspelt and shortened names still begin right. */
const start = (name: string): string => name.slice(0, 3).toLowerCase()

const check = (option: string, value: unknown, [expected, fits, isRequired, options]: Rule): unknown => {
  const fail = (code: string, problem: string, name = option): never => {
    throw Object.assign(new TypeError(`[@acme/observe-browser] Option "${name}" ${problem}`), {
      code: `OBSERVE_${code}_OPTION`,
    })
  }
  if (value === undefined) return isRequired && fail('MISSING', `is required: ${expected}`)
  if (!fits(value)) fail('INVALID', `must be: ${expected}`)
  if (!options) return
  const names = Object.keys(options)
  const path = option && `${option}.`
  for (const name in value as object) {
    const meant = names.find((known) => start(known) === start(name))
    if (!names.includes(name))
      fail('UNKNOWN', `does not exist, ${meant ? `did you mean "${meant}"?` : `only ${names}`}`, path + name)
  }
  for (const name of names) check(path + name, (value as never)[name], options[name] as Rule)
}

/** Throws an `OptionsError` that names the option and the fix when anything is missing, wrong or misspelt. */
export const checkOptions = (options: unknown): void => {
  check('', Object(options), OPTIONS)
}

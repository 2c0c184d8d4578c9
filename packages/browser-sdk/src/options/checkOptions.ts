/** Stable code of an options error, for programs to tell mistakes apart. */
export type OptionsErrorCode = 'OBSERVE_MISSING_OPTION' | 'OBSERVE_INVALID_OPTION' | 'OBSERVE_UNKNOWN_OPTION'

/** What `initObservability` throws when an option is wrong. */
export interface OptionsError extends TypeError {
  code: OptionsErrorCode
}

/** A type or the allowed values, with `!` behind what is required. */
type Shape = { readonly [option: string]: string | Shape }

const SHAPE: Shape = {
  app: 'string!',
  environment: 'string!',
  release: 'string',
  collector: { endpoint: 'URL!', batchIntervalMs: 'number' },
  openReplay: {
    projectKey: 'string!',
    ingestPoint: 'URL ending in /ingest!',
    strict: 'boolean',
    maskSelector: 'string',
  },
  umami: {
    websiteId: 'string!',
    host: 'URL!',
    mode: 'direct|script',
    endpoint: 'string',
    scriptName: 'string',
    domains: 'array',
    tag: 'string',
  },
  enabled: 'boolean',
  consent: 'granted|denied|pending',
  respectPrivacySignals: 'boolean',
  sampleRate: 'number from 0 to 1',
  propagateTo: 'array',
  allowedUrlParams: 'array',
  captureConsole: 'array',
  ignoreErrors: 'array',
  slowRequestMs: 'number',
  longFrameMs: 'number',
  navigationTiming: 'boolean',
  beforeSend: 'function',
  debug: 'boolean',
}

const fits = (value: unknown, type: string): unknown => {
  // Absolute, or a path on the page's own origin.
  if (type.startsWith('URL'))
    return /^(?:https?:\/)?\/./.test(value as string) && `${value}`.endsWith(type.slice(14))
  if (type === 'array') return Array.isArray(value)
  if (type.includes('|')) return type.split('|').includes(value as string)
  if (type.endsWith('1')) return (value as number) >= 0 && (value as number) <= 1
  return typeof value === type && value !== ''
}

const fail = (code: string, option: string, problem: string): never => {
  throw Object.assign(new TypeError(`[@acme/observe-browser] Option "${option}" ${problem}.`), {
    code: `OBSERVE_${code}_OPTION`,
  })
}

/** Misspelt and shortened names still begin right. */
const start = (name: string): string => name.slice(0, 3).toLowerCase()

const checkGroup = (values: Record<string, unknown>, shape: Shape, path: string): void => {
  const names = Object.keys(shape)
  for (const name of Object.keys(values)) {
    if (names.includes(name)) continue
    const meant = names.find((known) => start(known) === start(name))
    fail(
      'UNKNOWN',
      path + name,
      `does not exist, ${meant ? `did you mean "${meant}"?` : `only ${names.join(', ')}`}`,
    )
  }
  for (const name of names) {
    const [value, spec, option] = [values[name], shape[name], path + name]
    if (typeof spec === 'object') {
      if (Object(value) === value) checkGroup(value as never, spec, `${option}.`)
      else if (value !== undefined || name === 'collector') fail('INVALID', option, 'must be an object')
    } else {
      const [type = '', isOptional] = (spec as string).split('!')
      if (value === undefined) isOptional === '' && fail('MISSING', option, `is required, a ${type}`)
      else if (!fits(value, type)) fail('INVALID', option, `must be a ${type}`)
    }
  }
}

/** Throws an `OptionsError` that names the option and the fix when anything is missing, wrong or misspelt. */
export const checkOptions = (options: unknown): void => checkGroup(Object(options), SHAPE, '')

import { buildError } from './buildError.ts'

const OPTIONS = ['app', 'release', 'environment', 'sourceMaps']
const TARGETS = {
  bucket: ['bucket', 'prefix', 'region', 'uploadFailure'],
  directory: ['directory', 'uploadFailure'],
}
type Values = Record<string, unknown>

/** Holds for a part of a key that the collector is ready to ask for. */
const SAFE_SEGMENT = /^(?!\.+$)[\w.@+-]{1,128}$/

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

const checkNames = (values: Values, known: readonly string[], path = ''): void => {
  for (const name of Object.keys(values).filter((name) => !known.includes(name))) {
    const start = name.slice(0, 3).toLowerCase()
    const meant = known.find((candidate) => candidate.toLowerCase().startsWith(start))
    const hint = meant ? `did you mean "${path}${meant}"?` : `only ${known.join(', ')}`
    throw buildError('OBSERVE_UNKNOWN_OPTION', `Option "${path}${name}" does not exist, ${hint}`)
  }
}

const checkText = (values: Values, name: string, path = ''): void => {
  if (values[name] !== undefined && !isText(values[name]))
    throw buildError('OBSERVE_INVALID_OPTION', `Option "${path}${name}" must be a string that is not empty.`)
}

const checkTarget = (target: unknown): void => {
  const values = Object(target) as Values
  const kind = (['bucket', 'directory'] as const).filter((name) => name in values)
  const [only] = kind
  if (!only || kind.length > 1) {
    throw buildError(
      'OBSERVE_INVALID_OPTION',
      'Option "sourceMaps" must be { bucket } for S3 or { directory } for a folder, one of the two.',
    )
  }
  checkNames(values, TARGETS[only], 'sourceMaps.')
  if (!isText(values[only]))
    throw buildError(
      'OBSERVE_INVALID_OPTION',
      `Option "sourceMaps.${only}" must be a string that is not empty.`,
    )
  checkText(values, 'region', 'sourceMaps.')
  if (values.prefix !== undefined && !/^(?:[^/].*\/)?$/.test(String(values.prefix))) {
    throw buildError(
      'OBSERVE_INVALID_OPTION',
      'Option "sourceMaps.prefix" must end with a slash and not begin with one: "web/".',
    )
  }
  if (!['error', 'warn', undefined].includes(values.uploadFailure as string | undefined))
    throw buildError('OBSERVE_INVALID_OPTION', 'Option "sourceMaps.uploadFailure" must be "error" or "warn".')
}

/** Throws an error that names the option and the fix when anything is missing, wrong or misspelt. */
export const checkBuildOptions = (options: unknown): void => {
  const values = Object(options) as Values
  checkNames(values, OPTIONS)
  if (values.app === undefined) {
    throw buildError(
      'OBSERVE_MISSING_OPTION',
      'Option "app" is required: the name that initObservability is given.',
    )
  }
  for (const name of ['app', 'release', 'environment']) checkText(values, name)
  if (values.sourceMaps !== undefined) checkTarget(values.sourceMaps)
}

/** The collector looks for no map of an app or release whose name could lead out of its folder. */
export const checkSegment = (option: 'app' | 'release', value: string): void => {
  if (SAFE_SEGMENT.test(value)) return
  throw buildError(
    'OBSERVE_INVALID_OPTION',
    `Option "${option}" is ${JSON.stringify(value)}; with "sourceMaps" it must be 1 to 128 letters, digits or ` +
      'any of . _ @ + - because it becomes a part of the key under which the collector looks for the map.',
  )
}

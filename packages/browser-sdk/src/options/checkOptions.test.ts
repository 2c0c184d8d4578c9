import { describe, expect, it } from 'vitest'
import { checkOptions } from './checkOptions.ts'
import type { ObserveOptions } from './ObserveOptions.ts'

type Names<Options, Path extends string = ''> = {
  [Name in keyof Options & string]-?: NonNullable<Options[Name]> extends infer Value
    ? Value extends readonly unknown[] | ((...values: never) => unknown)
      ? `${Path}${Name}`
      : Value extends object
        ? `${Path}${Name}` | Names<Value, `${Path}${Name}.`>
        : `${Path}${Name}`
    : never
}[keyof Options & string]

const good = { app: 'shop', environment: 'test', collector: { endpoint: '/v1/events' } }
const problem = (options: unknown) => {
  try {
    checkOptions(options)
  } catch (error) {
    const { name, message, code } = error as { name: string; message: string; code: string }
    return { name, message, code }
  }
}

describe('checkOptions', () => {
  it('takes the least there is, and every option', () => {
    expect(problem(good)).toBeUndefined()
    expect(
      problem({
        ...good,
        release: '1.4.2',
        collector: { endpoint: 'https://observe.example.com/v1/events', batchIntervalMs: 100 },
        openReplay: { projectKey: 'key', ingestPoint: 'https://observe.example.com/ingest' },
        umami: { websiteId: 'id', host: 'https://observe.example.com', mode: 'script' },
        enabled: true,
        consent: 'pending',
        respectPrivacySignals: true,
        sampleRate: 0,
        propagateTo: ['https://api.example.com', /example/],
        allowedUrlParams: ['page'],
        captureConsole: ['error'],
        beforeSend: (event: unknown) => event,
        debug: false,
      }),
    ).toBeUndefined()
  })

  it('treats an undefined option as absent', () => {
    expect(problem({ ...good, release: undefined, openReplay: undefined })).toBeUndefined()
  })

  it.each([
    [{}, 'OBSERVE_MISSING_OPTION', 'Option "app" is required'],
    [undefined, 'OBSERVE_MISSING_OPTION', 'Option "app" is required'],
    [{ ...good, collector: undefined }, 'OBSERVE_MISSING_OPTION', 'Option "collector" is required: object'],
    [{ ...good, collector: {} }, 'OBSERVE_MISSING_OPTION', 'Option "collector.endpoint" is required'],
    [
      { ...good, collector: { endpoint: 'ftp://x' } },
      'OBSERVE_INVALID_OPTION',
      '"collector.endpoint" must be: URL',
    ],
    [{ ...good, collector: { endpoint: '' } }, 'OBSERVE_INVALID_OPTION', '"collector.endpoint" must be: URL'],
    [{ ...good, app: '' }, 'OBSERVE_INVALID_OPTION', 'Option "app" must be: string'],
    [{ ...good, app: 7 }, 'OBSERVE_INVALID_OPTION', 'Option "app" must be: string'],
    [{ ...good, sampleRate: 2 }, 'OBSERVE_INVALID_OPTION', 'must be: number from 0 to 1'],
    [{ ...good, sampleRate: Number.NaN }, 'OBSERVE_INVALID_OPTION', 'must be: number from 0 to 1'],
    [{ ...good, consent: 'yes' }, 'OBSERVE_INVALID_OPTION', 'must be: granted or denied or pending'],
    [{ ...good, enviroment: 'x' }, 'OBSERVE_UNKNOWN_OPTION', 'did you mean "environment"?'],
    [{ ...good, env: 'x' }, 'OBSERVE_UNKNOWN_OPTION', 'did you mean "environment"?'],
    [{ ...good, key: 'x' }, 'OBSERVE_UNKNOWN_OPTION', 'does not exist, only app,environment,'],
    [{ ...good, openreplay: {} }, 'OBSERVE_UNKNOWN_OPTION', 'did you mean "openReplay"?'],
    [
      { ...good, collector: { url: '/x' } },
      'OBSERVE_UNKNOWN_OPTION',
      '"collector.url" does not exist, only endpoint',
    ],
    [{ ...good, umami: 'x' }, 'OBSERVE_INVALID_OPTION', 'Option "umami" must be: object'],
  ])('%j is told as %s', (options, code, message) => {
    expect(problem(options)).toMatchObject({ name: 'TypeError', code })
    expect(problem(options)?.message).toContain(message)
    expect(problem(options)?.message).toContain('[@acme/observe-browser]')
  })
})

const NO_TEXT = [7, '', null, {}, ['x'], true]
const NO_FLAG = ['true', 1, 0, null, {}]
const NO_OBJECT = ['x', 7, null, true, false]
const NO_MS = ['500', null, Number.NaN, Number.POSITIVE_INFINITY, -1, 2 ** 31, [500], {}]
const NO_URL = [
  ...NO_TEXT,
  ['/v1/events'],
  'v1/events',
  'ftp://a.example',
  '/',
  'https://',
  'http://[/ingest',
  ' ',
]
const NO_TEXTS = ['x', null, 7, {}, [7], [null], [undefined], [''], ['fine', 3]]

/** What each option takes and refuses: the compiler asks for every option there is. */
const TABLE = {
  app: { good: ['shop'], bad: NO_TEXT },
  environment: { good: ['test'], bad: NO_TEXT },
  release: { good: ['1.4.2'], bad: NO_TEXT },
  collector: { good: [good.collector], bad: NO_OBJECT },
  'collector.endpoint': { good: ['/v1', 'http://a.example/v1', '//a.example/v1'], bad: NO_URL },
  'collector.batchIntervalMs': { good: [0, 1, 0.5, 2 ** 31 - 1], bad: NO_MS },
  openReplay: { good: [{ projectKey: 'key', ingestPoint: '/ingest' }], bad: NO_OBJECT },
  'openReplay.projectKey': { good: ['key'], bad: NO_TEXT },
  'openReplay.ingestPoint': { good: ['https://a.example/o/ingest'], bad: [...NO_URL, 'https://a.example'] },
  'openReplay.strict': { good: [true, false], bad: NO_FLAG },
  'openReplay.maskSelector': { good: ['.secret'], bad: NO_TEXT },
  umami: { good: [{ websiteId: 'id', host: '/u' }], bad: NO_OBJECT },
  'umami.websiteId': { good: ['id'], bad: NO_TEXT },
  'umami.host': { good: ['https://a.example', '/u'], bad: NO_URL },
  'umami.mode': { good: ['direct', 'script'], bad: [...NO_TEXT, 'Direct', 'direct or script'] },
  'umami.endpoint': { good: ['/o/send'], bad: [...NO_TEXT, 'o/send', '.example/send'] },
  'umami.scriptName': { good: ['o.js'], bad: NO_TEXT },
  'umami.domains': { good: [[], ['a.example']], bad: NO_TEXTS },
  'umami.tag': { good: ['b'], bad: NO_TEXT },
  enabled: { good: [true, false], bad: NO_FLAG },
  consent: { good: ['granted', 'denied', 'pending'], bad: [...NO_TEXT, 'yes'] },
  respectPrivacySignals: { good: [true, false], bad: NO_FLAG },
  sampleRate: { good: [0, 0.5, 1], bad: ['0.5', null, Number.NaN, 1.01, -0.1, [1], true] },
  propagateTo: { good: [[], ['https://a.example', /a/]], bad: [...NO_TEXTS, /a/] },
  allowedUrlParams: { good: [[], ['page']], bad: NO_TEXTS },
  captureConsole: { good: [[], ['error', 'warn', 'info', 'log', 'debug']], bad: [...NO_TEXTS, ['fatal']] },
  ignoreErrors: { good: [[], ['x', /x/]], bad: [...NO_TEXTS, /x/] },
  requests: { good: [true, false], bad: NO_FLAG },
  slowRequestMs: { good: [0, 500], bad: NO_MS },
  longFrameMs: { good: [50], bad: NO_MS },
  softNavigations: { good: [true, false], bad: NO_FLAG },
  navigationTiming: { good: [true, false], bad: NO_FLAG },
  beforeSend: { good: [() => null], bad: ['x', {}, null, true] },
  debug: { good: [true, false], bad: NO_FLAG },
} satisfies Record<Names<ObserveOptions>, { good: unknown[]; bad: unknown[] }>

describe.each(Object.entries(TABLE))('%s', (option, { good: fine, bad }) => {
  const [group = '', name] = option.split('.')
  const parents: Record<string, unknown> = {
    collector: good.collector,
    openReplay: { projectKey: 'key', ingestPoint: '/ingest' },
    umami: { websiteId: 'id', host: '/u' },
  }
  const having = (value: unknown) =>
    name
      ? { ...good, [group]: { ...(parents[group] as object), [name]: value } }
      : { ...good, [group]: value }

  it.each(fine.map((value) => [value]))('takes %o', (value) => {
    expect(problem(having(value))).toBeUndefined()
  })

  it.each([...bad, Symbol('x'), () => 'x'].map((value) => [value]))('refuses %o, by name', (value) => {
    if (option === 'beforeSend' && typeof value === 'function') return
    const told = problem(having(value))
    expect(told?.code).toMatch(/^OBSERVE_(?:INVALID|MISSING)_OPTION$/)
    expect(told?.message).toMatch(/^\[@acme\/observe-browser\] Option "/)
    expect(told?.message).toContain(`"${option}`)
    expect(told?.message).toMatch(/ (?:must be|is required): \S+/)
  })
})

import { describe, expect, it } from 'vitest'
import { checkOptions } from './checkOptions.ts'

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
    [{ ...good, collector: undefined }, 'OBSERVE_INVALID_OPTION', 'Option "collector" must be an object'],
    [{ ...good, collector: {} }, 'OBSERVE_MISSING_OPTION', 'Option "collector.endpoint" is required'],
    [
      { ...good, collector: { endpoint: 'ftp://x' } },
      'OBSERVE_INVALID_OPTION',
      '"collector.endpoint" must be a URL',
    ],
    [
      { ...good, collector: { endpoint: '' } },
      'OBSERVE_INVALID_OPTION',
      '"collector.endpoint" must be a URL',
    ],
    [{ ...good, app: '' }, 'OBSERVE_INVALID_OPTION', 'Option "app" must be a string'],
    [{ ...good, app: 7 }, 'OBSERVE_INVALID_OPTION', 'Option "app" must be a string'],
    [{ ...good, sampleRate: 2 }, 'OBSERVE_INVALID_OPTION', 'must be a number from 0 to 1'],
    [{ ...good, sampleRate: Number.NaN }, 'OBSERVE_INVALID_OPTION', 'must be a number from 0 to 1'],
    [{ ...good, consent: 'yes' }, 'OBSERVE_INVALID_OPTION', 'must be a granted|denied|pending'],
    [{ ...good, propagateTo: 'https://x' }, 'OBSERVE_INVALID_OPTION', 'Option "propagateTo" must be a array'],
    [{ ...good, enviroment: 'x' }, 'OBSERVE_UNKNOWN_OPTION', 'did you mean "environment"?'],
    [{ ...good, env: 'x' }, 'OBSERVE_UNKNOWN_OPTION', 'did you mean "environment"?'],
    [{ ...good, key: 'x' }, 'OBSERVE_UNKNOWN_OPTION', 'does not exist, only app, environment,'],
    [{ ...good, openreplay: {} }, 'OBSERVE_UNKNOWN_OPTION', 'did you mean "openReplay"?'],
    [
      { ...good, collector: { url: '/x' } },
      'OBSERVE_UNKNOWN_OPTION',
      '"collector.url" does not exist, only endpoint',
    ],
    [{ ...good, umami: 'x' }, 'OBSERVE_INVALID_OPTION', 'Option "umami" must be an object'],
  ])('%j is told as %s', (options, code, message) => {
    expect(problem(options)).toMatchObject({ name: 'TypeError', code })
    expect(problem(options)?.message).toContain(message)
    expect(problem(options)?.message).toContain('[@acme/observe-browser]')
  })
})

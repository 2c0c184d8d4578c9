import { expect, it } from 'vitest'
import { maskText } from './maskText.ts'
import { sanitizeUrl } from './sanitizeUrl.ts'

// Strings on which a backtracking or restarting pattern would go quadratic: they almost match, over and over.
const ADVERSARIES = {
  'e-mail without a domain': 'a@',
  'local part without @': 'abc.',
  'domain without a top level': 'a@b-',
  digits: '1',
  'digit groups': '1 ',
  'card-like groups': '4111 1111 ',
  'IBAN-like words': 'DE89 AAAA ',
  'phone separators': '+1 ( - ',
  'trunk zeros': '01 02 ',
  'IPv4-like': '1.2.3.',
  'IPv6-like': '2001:',
  'JWT heads': 'eyJ-',
  'key markers': 'sk-a',
  'PEM heads': '-----BEGIN ',
  'password markers': 'password',
  'quoted passwords': 'password="',
  'quotes that change': `password='a"`,
  'user infos': '//a',
  'token markers': 'token: ',
  spaces: ' ',
  quotes: 'token"',
  dashes: '-',
  letters: 'a',
  'percent signs': '%40',
  slashes: '/',
  'query separators': '&a=',
  'lone surrogates': '\ud800',
}

/** Processor time of the quicker of two runs: what else the machine does must not fail the test. */
const milliseconds = (run: () => void): number => {
  const once = (): number => {
    const before = process.cpuUsage()
    run()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1_000
  }
  return Math.min(once(), once())
}

const SMALL = 1 << 16
const GROWTH = 16 // to 1 MiB

it.each(Object.entries(ADVERSARIES))(
  'time grows with the length, not its square: %s',
  { timeout: 30_000 },
  (_, unit) => {
    const run = (length: number): void => {
      const text = unit.repeat(Math.ceil(length / unit.length)).slice(0, length)
      // The first word opens the gate in front of the slower rules.
      maskText(`secret ${text}`)
      sanitizeUrl(`https://shop.example/?${text}`)
    }
    const small = milliseconds(() => run(SMALL))
    // Quadratic would be 256 times; the constant forgives noise on runs of microseconds.
    expect(milliseconds(() => run(SMALL * GROWTH))).toBeLessThan(small * GROWTH * 4 + 40)
  },
)

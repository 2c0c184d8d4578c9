import { describe, expect, it } from 'vitest'
import {
  formatAgo,
  formatBytes,
  formatCount,
  formatDuration,
  formatMetric,
  formatPercent,
  formatVital,
} from './format.ts'

describe('formats', () => {
  it.each([
    [0, '0 ms'],
    [4.26, '4.3 ms'],
    [83.7, '84 ms'],
    [1349, '1.35 s'],
    [125_000, '2 min 5 s'],
  ])('%f ms as %s', (ms, text) => expect(formatDuration(ms)).toBe(text))

  it.each([
    [0, 'now'],
    [12_000, '12 s ago'],
    [3 * 60_000, '3 min ago'],
    [5 * 3_600_000, '5 h ago'],
    [50 * 3_600_000, '2 d ago'],
  ])('an age of %i ms as %s', (age, text) => expect(formatAgo(1_000_000_000 - age, 1_000_000_000)).toBe(text))

  it('counts, bytes, shares, vitals and metrics', () => {
    expect([formatCount(1234), formatCount(123_456)]).toEqual(['1,234', '123.5K'])
    expect([formatBytes(999), formatBytes(1234), formatBytes(2_500_000)]).toEqual([
      '999 B',
      '1.2 kB',
      '2.5 MB',
    ])
    expect([formatPercent(0), formatPercent(0.0001), formatPercent(0.125)]).toEqual(['0%', '<0.1%', '12.5%'])
    expect([formatVital('CLS', 0.0314), formatVital('LCP', 2840)]).toEqual(['0.031', '2.84 s'])
    expect([
      formatMetric(12, 'Milliseconds'),
      formatMetric(12, 'Count'),
      formatMetric(0.1239, 'None'),
    ]).toEqual(['12 ms', '12', '0.124'])
  })
})

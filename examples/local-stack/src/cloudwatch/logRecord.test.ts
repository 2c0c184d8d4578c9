import { describe, expect, it } from 'vitest'
import { logRecord, parseJsonLine } from './logRecord.ts'

const read = (line: string) => logRecord(line, parseJsonLine(line))

describe('logRecord', () => {
  it('reads a structured line', () => {
    const line = JSON.stringify({
      level: 'info',
      timestamp: '2026-03-05T19:03:58.250Z',
      message: 'order placed',
      requestId: 'r',
      sessionId: 's',
      traceId: 't',
      extra: 1,
    })
    expect(read(line)).toEqual({
      at: 1772737438250,
      level: 'INFO',
      message: 'order placed',
      requestId: 'r',
      sessionId: 's',
      traceId: 't',
    })
  })

  it('reads the message of an error or an object that was printed alone', () => {
    expect(read('{"message":{"errorType":"TypeError","errorMessage":"broken"}}')).toEqual({
      message: 'broken',
    })
    expect(read('{"message":{"orders":3}}')).toEqual({ message: '{"orders":3}' })
  })

  it('does not trust a timestamp that is not RFC 3339', () => {
    expect(read('{"timestamp":"yesterday","level":30}')).toEqual({})
  })

  it('reads a line in TEXT format', () => {
    expect(read('2026-03-05T19:03:58.250Z\tr\tWARN\tlow\tstock')).toEqual({
      at: 1772737438250,
      requestId: 'r',
      level: 'WARN',
      message: 'low\tstock',
    })
  })

  it('reads a platform line', () => {
    const line = '{"time":"2026-03-05T19:03:58.250Z","type":"platform.start","record":{"requestId":"r"}}'
    expect(read(line)).toEqual({ at: 1772737438250, message: 'platform.start', requestId: 'r' })
  })

  it.each(['plain words', '{broken', '[1]', 'a\tb\tc'])('keeps %j as a message', (line) => {
    expect(read(line)).toEqual({ message: line })
  })
})

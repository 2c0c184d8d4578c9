import { MAX_STACK_FRAMES } from '@acme/observe-schema/limits'
import { sanitizeUrl } from '@acme/observe-schema/masking'
import type { StackFrame } from '@acme/observe-schema/types'
import { safeText } from './safeText.ts'

/** `    at async fn (https://host/file.js:1:2)`, with or without a function. */
const V8_FRAME = /^\s*at (?:(?:async )?(.*?) \()?(.*?):(\d+):(\d+)\)?$/
/** `fn@https://host/file.js:1:2`, as Firefox and Safari write it. */
const GECKO_FRAME = /^(.*?)@(\w[\w-]*:.*?):(\d+)(?::(\d+))?$/

/** Scripts keep their path, which source maps are looked up by. Anything else is a page, whose path may be personal. */
const safeFile = (file: string): string => {
  const place = file.replace(/^(?:async |eval at .*\()/, '').replace(/(?::\d+:\d+\)| line \d+ >|[?#]).*/, '')
  return /\.[cm]?[jt]sx?$|^</.test(place) ? place.slice(0, 500) : sanitizeUrl(place)
}

/** Frames of a stack as Chromium, Firefox and Safari write it, innermost first. What is no frame is left out. */
export const parseStack = (stack: string): StackFrame[] => {
  const pattern = /^\s*at /m.test(stack) ? V8_FRAME : GECKO_FRAME
  const frames: StackFrame[] = []
  for (const text of stack.split('\n', MAX_STACK_FRAMES * 2)) {
    const [, name, file, line, column] = pattern.exec(text.slice(0, 1_000)) ?? []
    if (!file || frames.length === MAX_STACK_FRAMES) continue
    frames.push({
      ...(name && { function: safeText(name, 128) }),
      file: safeFile(file),
      line: Number(line),
      ...(column && { column: Number(column) }),
    })
  }
  return frames
}

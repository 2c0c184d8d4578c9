import { randomBytes } from 'node:crypto'

/** A fresh X-Ray trace header, not sampled. https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
export const newTraceHeader = (nowMs: number): string => {
  const seconds = Math.floor(nowMs / 1000).toString(16)
  return `Root=1-${seconds}-${hex(12)};Parent=${hex(8)};Sampled=0`
}

const hex = (bytes: number): string => randomBytes(bytes).toString('hex')

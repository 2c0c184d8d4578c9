import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'

/** One event of a subscription. */
export interface LogEvent {
  id: string
  timestamp: number
  message: string
}

/** What a subscription filter sends, decoded. */
export interface LogBatch {
  messageType: 'DATA_MESSAGE' | 'CONTROL_MESSAGE'
  logGroup: string
  logStream: string
  logEvents: LogEvent[]
}

const unzip = promisify(gunzip)

/** Decodes `awslogs.data`. @throws Error when it is not what CloudWatch Logs sends. */
export const decode = async (data: string): Promise<LogBatch> => {
  const batch = JSON.parse((await unzip(Buffer.from(data, 'base64'))).toString('utf8')) as LogBatch
  if (!Array.isArray(batch.logEvents)) throw new Error('the event holds no logEvents')
  return batch
}

import { log } from './log.ts'

/** What CloudFormation sends to a custom resource. */
export interface CustomResourceEvent {
  RequestType: 'Create' | 'Update' | 'Delete'
  ResponseURL: string
  StackId: string
  RequestId: string
  LogicalResourceId: string
  PhysicalResourceId?: string
  ResourceProperties: Record<string, unknown>
  /** With `Update`, what the properties were before. */
  OldResourceProperties?: Record<string, unknown>
}

/** What a custom resource gives back: its identity, and the values `Fn::GetAtt` reads. */
export interface CustomResourceResult {
  physicalId: string
  data?: Record<string, string>
}

/** The part of the Lambda context a custom resource needs. */
export interface Deadline {
  getRemainingTimeInMillis(): number
}

/** Time kept back to tell CloudFormation that the work ran out of time. */
const RESPONSE_RESERVE_MS = 5_000
/** CloudFormation refuses a response over 4,096 bytes; a reason may be long. */
const REASON_LENGTH = 1_500

const timeout = (ms: number): { promise: Promise<never>; cancel: () => void } => {
  let timer: NodeJS.Timeout | undefined
  const promise = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no result within ${Math.round(ms / 1000)} s`)), ms)
  })
  return { promise, cancel: () => clearTimeout(timer) }
}

const respond = async (url: string, body: string): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(url, { method: 'PUT', body, headers: { 'content-type': '' } }).catch(
      (error: Error) => error,
    )
    if (response instanceof Response && response.ok) return
    if (attempt === 4)
      throw response instanceof Error ? response : new Error(`CloudFormation answered ${response.status}`)
    await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** attempt))
  }
}

/**
 * Makes a Lambda handler of a custom resource that always answers: after success, an exception, bad input, and shortly
 * before the function times out. An unanswered request blocks a stack for an hour.
 *
 * A `Delete` of something that was never created (its `PhysicalResourceId` is the request's own) succeeds without
 * calling `act`, so that a failed create can roll back.
 */
export const customResource =
  (act: (event: CustomResourceEvent) => Promise<CustomResourceResult>) =>
  async (event: CustomResourceEvent, context: Deadline): Promise<void> => {
    const failedId = `failed-${event.RequestId}`
    const limit = timeout(Math.max(context.getRemainingTimeInMillis() - RESPONSE_RESERVE_MS, 1))
    let outcome: { Status: 'SUCCESS' | 'FAILED'; Reason?: string; PhysicalResourceId: string; Data?: object }
    try {
      const neverCreated = event.RequestType === 'Delete' && event.PhysicalResourceId?.startsWith('failed-')
      const result = neverCreated
        ? { physicalId: event.PhysicalResourceId ?? failedId }
        : await Promise.race([act(event), limit.promise])
      outcome = { Status: 'SUCCESS', PhysicalResourceId: result.physicalId, Data: result.data ?? {} }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      log('error', 'custom resource failed', { logicalId: event.LogicalResourceId, reason })
      outcome = {
        Status: 'FAILED',
        Reason: `${event.LogicalResourceId}: ${reason}`.slice(0, REASON_LENGTH),
        PhysicalResourceId: event.PhysicalResourceId ?? failedId,
      }
    } finally {
      limit.cancel()
    }
    const { StackId, RequestId, LogicalResourceId } = event
    await respond(event.ResponseURL, JSON.stringify({ ...outcome, StackId, RequestId, LogicalResourceId }))
  }

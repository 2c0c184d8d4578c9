import type { createServer } from 'node:http'

/** What a custom resource told CloudFormation. */
export interface CustomResourceAnswer {
  Status: 'SUCCESS' | 'FAILED'
  Reason?: string
  PhysicalResourceId: string
  StackId: string
  RequestId: string
  LogicalResourceId: string
  Data?: Record<string, string>
}

/** Stands for the response URL of CloudFormation, as strict as S3 is about it. */
export interface ResponseReceiver {
  url: string
  answers: CustomResourceAnswer[]
  last(): CustomResourceAnswer
  failNext(times: number): void
  close(): void
}

/** Starts the receiver on a free loopback port. */
export const receiveResponses = async (create: typeof createServer): Promise<ResponseReceiver> => {
  const answers: CustomResourceAnswer[] = []
  let failures = 0
  const server = create((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () => {
      if (failures > 0) {
        failures -= 1
        response.writeHead(503).end()
        return
      }
      // The URL is signed for a PUT with an empty content type; S3 answers 403 to anything else.
      const isSigned = request.method === 'PUT' && !request.headers['content-type']
      if (!isSigned || Buffer.byteLength(body) > 4_096) {
        response.writeHead(isSigned ? 400 : 403).end()
        return
      }
      answers.push(JSON.parse(body))
      response.writeHead(200).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${port}/response?signature=1`,
    answers,
    last: () => {
      const answer = answers.at(-1)
      if (!answer) throw new Error('CloudFormation got no answer')
      return answer
    },
    failNext: (times) => {
      failures = times
    },
    close: () => server.close(),
  }
}

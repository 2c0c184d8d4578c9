// What the snippets of the README leave out because every reader has their own.
declare const work: (event: object) => Promise<unknown>
declare const placeOrder: (event: object) => Promise<unknown>
declare const handler: (event: object, context: object) => Promise<unknown>

declare module '@aws-sdk/client-sqs' {
  export class SQSClient {
    constructor(configuration: object)
    send(command: SendMessageCommand): Promise<unknown>
  }
  export class SendMessageCommand {
    constructor(input: {
      QueueUrl: string | undefined
      MessageBody: string | undefined
      MessageAttributes?: Record<string, { DataType: string | undefined; StringValue?: string }>
    })
  }
}

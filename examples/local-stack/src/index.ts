export { PortTaken } from './http/listen.ts'
export type { FunctionDefinition } from './lambda/functionDefinition.ts'
export type { LambdaFunction, Outage } from './lambda/lambdaFunction.ts'
export { type LocalStack, type LocalStackOptions, startLocalStack } from './startLocalStack.ts'

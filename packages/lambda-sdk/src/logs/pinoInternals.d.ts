/** The parts of pino that its loggers are made of. They have no types of their own; a contract test holds pino to these. */
declare module 'pino/lib/levels.js' {
  export function mappings(): { labels: Record<number, string>; values: Record<string, number> }
  export function genLsCache(logger: object): void
  export function getLevel(this: unknown): string
  export function setLevel(this: unknown, level: string): void
  export function isLevelEnabled(this: unknown, level: string): boolean
}

declare module 'pino/lib/tools.js' {
  export function noop(): void
  export function stringify(value: unknown): string
  export function asJson(this: unknown, fields: object, message: unknown, level: number, time: string): string
}

declare module 'pino/lib/symbols.js' {
  export const chindingsSym: unique symbol
  export const endSym: unique symbol
  export const errorKeySym: unique symbol
  export const formatOptsSym: unique symbol
  export const formattersSym: unique symbol
  export const getLevelSym: unique symbol
  export const hooksSym: unique symbol
  export const levelCompSym: unique symbol
  export const levelValSym: unique symbol
  export const messageKeySym: unique symbol
  export const serializersSym: unique symbol
  export const setLevelSym: unique symbol
  export const streamSym: unique symbol
  export const stringifiersSym: unique symbol
  export const stringifySafeSym: unique symbol
  export const stringifySym: unique symbol
  export const writeSym: unique symbol
}

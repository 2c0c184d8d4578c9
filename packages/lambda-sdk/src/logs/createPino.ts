/// <reference path="./pinoInternals.d.ts" />
import { genLsCache, getLevel, isLevelEnabled, mappings, setLevel } from 'pino/lib/levels.js'
import * as pino from 'pino/lib/symbols.js'
import { asJson, noop, stringify } from 'pino/lib/tools.js'
import type { Scope } from '../invocation/Invocation.ts'
import { isoTimestamp } from '../output/isoTimestamp.ts'
import { jsonMembers } from '../output/jsonMembers.ts'
import type { Logger } from './loggerTypes.ts'
import { reportLogFailure } from './reportLogFailure.ts'

/** Makes the line by calling `method` with the arguments of the call, or lets it be. */
export type LogMethodHook = (
  this: unknown,
  args: unknown[],
  method: (...args: unknown[]) => void,
  level: number,
) => void

/** What {@link createPino} needs to know. */
export interface PinoOptions {
  level: string
  /** Gives the fields of a line, or of a child, for those of the call. */
  fields: (given: object) => Record<string, unknown>
  /** Gives the message of a line, or an object in it, for that of the call. */
  message: (given: unknown) => unknown
  /** Members that every line of now has behind level and timestamp, and which of them are fields. */
  scope: () => Pick<Scope, 'linePrefix' | 'context'>
  /** pino's hooks, read with every line. */
  hooks: { logMethod?: LogMethodHook | undefined }
  write: (line: string) => void
}

const MESSAGE = 'message'
const ERROR = 'error'
const BOUND = /* @__PURE__ */ Symbol()

/** What a child has of its own: its fields, and their text. */
interface Bound {
  [BOUND]?: object
  [pino.chindingsSym]: string
}

interface Given {
  [MESSAGE]?: unknown
  [ERROR]?: { message?: unknown }
}

const sharesKey = (a: object | undefined, b: object): boolean =>
  a !== undefined && Object.keys(b).some((key) => Object.hasOwn(a, key))

/**
 * A logger made of pino's own parts: how it takes arguments, formats messages, keeps levels and builds lines. Its constructor
 * and prototype (pino.js, lib/proto.js) are left out: they are for options not used here, such as destinations, transports,
 * redaction by path, custom levels, mixins and events, and more than half of its code. Where pino would write a key twice, of
 * context, child and call, this one writes the last of them.
 */
export const createPino = ({ level, fields, message, scope, hooks, write }: PinoOptions): Logger => {
  /** Placeholders, fields and messages are read by pino too, and any of them may throw. */
  const guarded: LogMethodHook = function (args, method, number) {
    try {
      if (hooks.logMethod) Reflect.apply(hooks.logMethod, this, [args, method, number])
      else Reflect.apply(method, this, args)
    } catch (error) {
      reportLogFailure(error)
    }
  }
  const logger = {
    get level() {
      return this[pino.getLevelSym]()
    },
    set level(name: string) {
      this[pino.setLevelSym](name)
    },
    get levelVal() {
      return (this as { [pino.levelValSym]?: number })[pino.levelValSym]
    },
    isLevelEnabled,
    child(this: Bound, given: object | null | undefined) {
      const child: Bound = Object.create(this)
      try {
        // Serialized once. pino's own function for it calls a method of what it is given.
        const own = fields(given ?? {})
        const members = this[pino.chindingsSym] + jsonMembers(own)
        child[pino.chindingsSym] = sharesKey(this[BOUND], own)
          ? jsonMembers(JSON.parse(`{${members.slice(1)}}`))
          : members
        child[BOUND] = { ...this[BOUND], ...own }
      } catch (error) {
        reportLogFailure(error)
      }
      return child
    },
    [pino.writeSym](this: Bound, given: Given | Error | null, text: unknown, number: number) {
      const call: Given = given instanceof Error ? { [ERROR]: given } : (given ?? {})
      const said = text === undefined && call[MESSAGE] === undefined ? call[ERROR]?.message : text
      const own = fields(call)
      const { linePrefix, context } = scope()
      const bound = this[BOUND]
      const time = `,"timestamp":"${isoTimestamp(Date.now())}"${linePrefix}`
      const line = asJson.call(this, own, said, number, time)
      const isTwice = sharesKey(bound, own) || sharesKey(context, own) || (bound && sharesKey(context, bound))
      write(isTwice ? `${JSON.stringify(JSON.parse(line))}\n` : line)
    },
    levels: mappings(),
    silent: noop,
    emit: noop,
    [pino.getLevelSym]: getLevel,
    [pino.setLevelSym]: setLevel,
    [pino.levelCompSym]: (number: number, lowest: number) => number >= lowest,
    [pino.streamSym]: {},
    [pino.hooksSym]: { logMethod: guarded },
    [pino.formattersSym]: {
      level: (name: string) => ({ level: name.toUpperCase() }),
    },
    [pino.serializersSym]: { __proto__: null, [MESSAGE]: message },
    [pino.stringifiersSym]: { __proto__: null },
    [pino.stringifySym]: stringify,
    // Reached when JSON.stringify threw, which masked fields never make it do.
    [pino.stringifySafeSym]: JSON.stringify,
    // What `%o` and `%j` insert.
    [pino.formatOptsSym]: { stringify: (value: unknown) => stringify(message(value)) },
    [pino.messageKeySym]: MESSAGE,
    [pino.errorKeySym]: ERROR,
    [pino.chindingsSym]: '',
    [pino.endSym]: '}\n',
  }
  genLsCache(logger)
  logger.level = level
  return logger as unknown as Logger
}

import type * as z from 'zod/mini'

/** What a reader returns for a value that does not fit its schema. */
export const INVALID: unique symbol = Symbol('invalid')

/** Returns what the schema parses `value` to, or {@link INVALID}. */
export type Reader = (value: unknown) => unknown

/** Zod types the definition of each schema apart; which one it is shows in `type` or `check`. */
type Definition = { [key: string]: unknown }

type Check = (value: never) => unknown

const checkReader = (check: z.core.$ZodCheck): Check => {
  const def = check._zod.def as z.core.$ZodCheckDef & Definition
  switch (def.check) {
    case 'overwrite':
      return def.tx as Check
    case 'min_length':
      return (value: { length: number }) => (value.length >= (def.minimum as number) ? value : INVALID)
    case 'max_length':
      return (value: { length: number }) => (value.length <= (def.maximum as number) ? value : INVALID)
    case 'greater_than':
      return (value: number) =>
        value > (def.value as number) || (def.inclusive && value === def.value) ? value : INVALID
    case 'number_format':
      return (value: number) => (Number.isSafeInteger(value) ? value : INVALID)
    case 'string_format':
      return (value: string) => ((def.pattern as RegExp).test(value) ? value : INVALID)
    case 'describe':
    case 'meta':
      return (value) => value
    default:
      throw new TypeError(`no reader for the check ${def.check}`)
  }
}

type Members = Record<string, unknown>

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether an object has these many members and no other, as one that came from JSON may. */
const hasOnly = (value: Members, count: number): boolean =>
  Object.getPrototypeOf(value) === Object.prototype && Object.keys(value).length === count

const pick = (value: Members, keys: readonly string[]): Members =>
  Object.fromEntries(keys.map((key) => [key, value[key]]))

/*
 * Most of what arrives is just as it should be. It is passed on as it is: a copy of every object costs as much as all the
 * checks. One is made only where something was cut or is to be stripped.
 */

const objectReader = (shape: Record<string, z.core.$ZodType>): Reader => {
  const fields = Object.entries(shape).map(([key, field]) => ({
    key,
    read: createReader(field),
    isOptional: field._zod.optin !== undefined,
  }))
  return (value) => {
    if (!isObject(value)) return INVALID
    let present = 0
    let changed: Members | undefined
    for (const { key, read, isOptional } of fields) {
      const given = value[key]
      if (given === undefined && isOptional && !(key in value)) continue
      const field = read(given)
      if (field === INVALID) return INVALID
      present++
      if (field !== given) {
        changed ??= {}
        changed[key] = field
      }
    }
    if (!changed && hasOnly(value, present)) return value
    const known = fields.filter(({ key, isOptional }) => !isOptional || key in value)
    return {
      ...pick(
        value,
        known.map(({ key }) => key),
      ),
      ...changed,
    }
  }
}

const recordReader = (read: Reader): Reader => {
  return (value) => {
    if (!isObject(value)) return INVALID
    const keys = Object.keys(value)
    let copy: Members | undefined
    let index = 0
    for (const key of keys) {
      const given = value[key]
      const entry = key === '__proto__' ? undefined : read(given)
      if (entry === INVALID) return INVALID
      if (entry !== given && !copy) copy = pick(value, keys.slice(0, index))
      if (copy && key !== '__proto__') copy[key] = entry
      index++
    }
    return copy ?? (hasOnly(value, keys.length) ? value : pick(value, keys))
  }
}

const arrayReader = (read: Reader): Reader => {
  return (value) => {
    if (!Array.isArray(value)) return INVALID
    let copy: unknown[] | undefined
    let index = 0
    for (const given of value) {
      const item = read(given)
      if (item === INVALID) return INVALID
      if (item !== given) copy ??= value.slice(0, index)
      copy?.push(item)
      index++
    }
    return copy ?? value
  }
}

const unionReader = (options: Reader[]): Reader => {
  return (value) => {
    for (const read of options) {
      const option = read(value)
      if (option !== INVALID) return option
    }
    return INVALID
  }
}

const typeReader = (schema: z.core.$ZodType): Reader => {
  const def = schema._zod.def as z.core.$ZodTypeDef & Definition
  switch (def.type) {
    case 'string':
    case 'boolean':
      return (value) => (typeof value === def.type ? value : INVALID)
    case 'number':
      if (def.check === 'number_format') return (value) => (Number.isSafeInteger(value) ? value : INVALID)
      return (value) => (Number.isFinite(value) ? value : INVALID)
    case 'null':
      return (value) => (value === null ? value : INVALID)
    case 'unknown':
      return (value) => value
    case 'literal':
    case 'enum': {
      const values = schema._zod.values as Set<unknown>
      return (value) => (values.has(value) ? value : INVALID)
    }
    case 'optional':
      return createReader(def.innerType as z.core.$ZodType)
    case 'object':
      return objectReader(def.shape as Record<string, z.core.$ZodType>)
    case 'record':
      return recordReader(createReader(def.valueType as z.core.$ZodType))
    case 'array':
      return arrayReader(createReader(def.element as z.core.$ZodType))
    case 'union':
      return unionReader((def.options as z.core.$ZodType[]).map(createReader))
    default:
      throw new TypeError(`no reader for the type ${def.type}`)
  }
}

/**
 * Compiles a schema to a plain function. It accepts and returns what the schema's own parser does, several times
 * faster, and says no more than {@link INVALID}: ask the schema for the issues. Covers what the wire contract uses and
 * throws a `TypeError` for anything else.
 */
export const createReader = (schema: z.core.$ZodType): Reader => {
  const read = typeReader(schema)
  const checks = (schema._zod.def.checks ?? []).map(checkReader)
  if (checks.length === 0) return read
  return (value) => {
    let result = read(value)
    for (const check of checks) {
      if (result === INVALID) return INVALID
      result = check(result as never)
    }
    return result
  }
}

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse, type ScalarTag } from 'yaml'

/** A resource of a template. */
export interface TemplateResource {
  Type: string
  Condition?: string
  DependsOn?: string | string[]
  DeletionPolicy?: string
  UpdateReplacePolicy?: string
  Properties?: Record<string, unknown>
}

/** A parameter of a template. */
export interface TemplateParameter {
  Type: string
  Default?: string | number
  Description?: string
  MaxLength?: number
  AllowedPattern?: string
  ConstraintDescription?: string
  AllowedValues?: unknown[]
}

/** A template with its short forms (`!Ref`) written out (`{ Ref }`). */
export interface Template {
  Description: string
  Metadata?: Record<string, unknown>
  Parameters?: Record<string, TemplateParameter>
  Mappings?: Record<string, Record<string, Record<string, string>>>
  Rules?: Record<string, unknown>
  Conditions?: Record<string, unknown>
  Resources: Record<string, TemplateResource>
  Outputs?: Record<string, { Description?: string; Value: unknown; Condition?: string }>
}

/** A template and where it is, relative to `infra-templates/`. */
export interface TemplateFile {
  file: string
  text: string
  template: Template
}

const root = fileURLToPath(new URL('..', import.meta.url))

const FUNCTIONS = [
  'Sub',
  'If',
  'Join',
  'Split',
  'Select',
  'Equals',
  'Not',
  'And',
  'Or',
  'Contains',
  'FindInMap',
  'GetAZs',
] as const

const shortForms = [
  ...FUNCTIONS.flatMap((name) =>
    (['scalar', 'seq'] as const).map((kind) => ({
      tag: `!${name}`,
      ...(kind === 'seq' && { collection: 'seq' as const }),
      resolve: (value: unknown) => ({
        [`Fn::${name}`]: kind === 'seq' ? (value as { toJSON(): unknown }).toJSON() : value,
      }),
    })),
  ),
  { tag: '!Ref', resolve: (value: string) => ({ Ref: value }) },
  { tag: '!Condition', resolve: (value: string) => ({ Condition: value }) },
  {
    tag: '!GetAtt',
    resolve: (value: string) => {
      const dot = value.indexOf('.')
      return { 'Fn::GetAtt': [value.slice(0, dot), value.slice(dot + 1)] }
    },
  },
] as unknown as ScalarTag[]

/** Parses one template. */
const parseTemplate = (text: string): Template => {
  // The parser keeps nodes inside short forms; a round through JSON makes plain values of them.
  return JSON.parse(JSON.stringify(parse(text, { customTags: shortForms }))) as Template
}

/** Reads one template by its path relative to `infra-templates/`. */
export const readTemplate = (file: string): TemplateFile => {
  const text = readFileSync(`${root}${file}`, 'utf8')
  return { file, text, template: parseTemplate(text) }
}

/** Reads the root template and all children. */
export const readTemplates = (): TemplateFile[] =>
  ['observability.yaml', ...readdirSync(`${root}stacks`).map((name) => `stacks/${name}`)].map(readTemplate)

import type { Template } from '../templates/readTemplates.ts'

const isNoValue = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && (value as { Ref?: string }).Ref === 'AWS::NoValue'

const choose = (value: unknown, branch: 1 | 2): unknown => {
  if (Array.isArray(value))
    return value.map((item) => choose(item, branch)).filter((item) => !isNoValue(item))
  if (typeof value !== 'object' || value === null) return value
  const chosen = (value as { 'Fn::If'?: unknown[] })['Fn::If']
  if (chosen) return choose(chosen[branch], branch)
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, choose(item, branch)] as const)
      .filter(([, item]) => !isNoValue(item)),
  )
}

/** The template as it is with every condition true, and with every condition false: what static checkers can read. */
export const variants = (template: Template): Template[] => [
  choose(template, 1) as Template,
  choose(template, 2) as Template,
]

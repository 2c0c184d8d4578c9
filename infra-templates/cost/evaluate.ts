import { readTemplate, type Template, type TemplateResource } from '../templates/readTemplates.ts'
import prices from './prices.json' with { type: 'json' }

/** A resource that would exist, with references to parameters resolved. */
export interface PlannedResource {
  stack: string
  logicalId: string
  type: string
  properties: Record<string, unknown>
}

type Values = Readonly<Record<string, unknown>>

const cache = new Map<string, Template>()

const templateOf = (file: string): Template => {
  const template = cache.get(file) ?? readTemplate(file).template
  cache.set(file, template)
  return template
}

/** Stands for what only AWS knows. Never empty, so that conditions on it hold. */
const unknown = (what: string): string => `<${what}>`

/** Evaluates a template the way CloudFormation does, as far as the price depends on it. */
class Evaluation {
  readonly #template: Template
  readonly #values: Values

  constructor(template: Template, given: Values) {
    this.#template = template
    const defaults = Object.entries(template.Parameters ?? {}).map(([name, { Default }]) => [
      name,
      Default ?? unknown(name),
    ])
    this.#values = { ...Object.fromEntries(defaults), ...given }
  }

  condition(name: string): boolean {
    const expression = this.#template.Conditions?.[name]
    if (expression === undefined) throw new Error(`no condition ${name}`)
    return this.#test(expression)
  }

  #test(expression: unknown): boolean {
    const [operator = '', operands] = Object.entries(expression as object)[0] ?? []
    const list = operands as unknown[]
    if (operator === 'Condition') return this.condition(operands as string)
    if (operator === 'Fn::Equals') return String(this.value(list[0])) === String(this.value(list[1]))
    if (operator === 'Fn::Not') return !this.#test(list[0])
    if (operator === 'Fn::And') return list.every((one) => this.#test(one))
    if (operator === 'Fn::Or') return list.some((one) => this.#test(one))
    throw new Error(`unknown condition ${operator}`)
  }

  /** The output of a nested stack, so that what one part decides reaches the others. */
  #output(logicalId: string, attribute: string): unknown {
    const nested = this.#template.Resources[logicalId]
    const name = attribute.replace(/^Outputs\./, '')
    if (nested?.Type !== 'AWS::CloudFormation::Stack' || name === attribute) return undefined
    const template = templateOf(String(nested.Properties?.TemplateURL))
    const child = new Evaluation(template, this.value(nested.Properties?.Parameters) as Values)
    return child.value(template.Outputs?.[name]?.Value)
  }

  value(given: unknown): unknown {
    if (Array.isArray(given))
      return given.map((item) => this.value(item)).filter((item) => item !== undefined)
    if (typeof given !== 'object' || given === null) return given
    const [key = '', argument] = Object.entries(given)[0] ?? []
    const list = argument as unknown[]
    switch (key) {
      case 'Ref':
        if (argument === 'AWS::NoValue') return undefined
        if (argument === 'AWS::Region') return prices.region
        return this.#values[argument as string] ?? unknown(argument as string)
      case 'Fn::GetAtt':
        return this.#output(String(list[0]), String(list[1])) ?? unknown(list.join('.'))
      case 'Fn::If':
        return this.value(list[this.condition(list[0] as string) ? 1 : 2])
      case 'Fn::Sub':
        return typeof argument === 'string' ? argument : (list[0] as string)
      case 'Fn::Join':
        return [this.value(list[1])].flat().join(list[0] as string)
      case 'Fn::Split':
        return String(this.value(list[1])).split(list[0] as string)
      case 'Fn::Select':
        return [this.value(list[1])].flat()[Number(list[0])] ?? ''
      case 'Fn::FindInMap': {
        const [map, first, second] = list.map((item) => String(this.value(item)))
        return (
          this.#template.Mappings?.[map ?? '']?.[first ?? '']?.[second ?? ''] ?? unknown(`${map}.${second}`)
        )
      }
      case 'Fn::GetAZs':
        return [unknown('a'), unknown('b')]
    }
    return Object.fromEntries(
      Object.entries(given)
        .map(([name, item]) => [name, this.value(item)] as const)
        .filter(([, item]) => item !== undefined),
    )
  }

  resources(): [string, TemplateResource, Record<string, unknown>][] {
    return Object.entries(this.#template.Resources)
      .filter(([, { Condition }]) => !Condition || this.condition(Condition))
      .map(([logicalId, resource]) => [
        logicalId,
        resource,
        this.value(resource.Properties ?? {}) as Record<string, unknown>,
      ])
  }
}

/** Lists every resource that a deployment of `file` with these parameters would create, nested stacks included. */
export const plannedResources = (file: string, parameters: Values, stack = 'root'): PlannedResource[] =>
  new Evaluation(templateOf(file), parameters)
    .resources()
    .flatMap(([logicalId, { Type }, properties]) =>
      Type === 'AWS::CloudFormation::Stack'
        ? plannedResources(String(properties.TemplateURL), properties.Parameters as Values, logicalId)
        : [{ stack, logicalId, type: Type, properties }],
    )

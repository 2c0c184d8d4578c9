import { readFileSync } from 'node:fs'
import {
  classifyField,
  MASKING_RULES_VERSION,
  maskProperties,
  maskText,
  sanitizeUrl,
  templatePath,
} from '../src/masking/index.ts'

interface MaskingInputs {
  text: string[]
  url: string[]
  path: string[]
  field: string[]
  key: string[]
}

const outcomes = <T>(inputs: string[], rule: (input: string) => T): Record<string, T | null> =>
  Object.fromEntries(inputs.map((input) => [input, rule(input) ?? null]))

/** What the rules make of the corpus in `golden/masking/inputs.json`. */
export const maskingGolden = (): object => {
  const inputs: MaskingInputs = JSON.parse(
    readFileSync(new URL('../golden/masking/inputs.json', import.meta.url), 'utf8'),
  )
  return {
    rulesVersion: MASKING_RULES_VERSION,
    text: outcomes(inputs.text, maskText),
    url: outcomes(inputs.url, (url) => sanitizeUrl(url, { allowedParams: ['page'] })),
    path: outcomes(inputs.path, templatePath),
    field: outcomes(inputs.field, (name) => classifyField({ name })),
    key: outcomes(inputs.key, (key) => (maskProperties({ [key]: 'value' }) as Record<string, string>)[key]),
  }
}

/** The file that holds it. One a version: what a released version did stays on record. */
export const maskingGoldenFile: URL = new URL(
  `../golden/masking/v${MASKING_RULES_VERSION}.json`,
  import.meta.url,
)

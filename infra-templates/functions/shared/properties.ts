/** Reads one required property of a custom resource. @throws Error that names the property. */
export const property = (properties: Record<string, unknown>, name: string): string => {
  const value = properties[name]
  if (typeof value !== 'string' || value === '') throw new Error(`property ${name} is missing`)
  return value
}

/** Reads one required environment variable. @throws Error that names the variable. */
export const setting = (name: string): string => {
  const value = process.env[name]
  if (!value) throw new Error(`environment variable ${name} is missing`)
  return value
}

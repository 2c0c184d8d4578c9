const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g

/** Keys that an object of a JSON text has twice. `JSON.parse` keeps the last and says nothing. */
export const duplicateKeys = (json: string): string[] => {
  const tokens = json.match(TOKEN) ?? []
  const open: Set<string>[] = []
  const duplicates: string[] = []
  for (const [index, token] of tokens.entries()) {
    if (token === '{' || token === '[') open.push(new Set())
    else if (token === '}' || token === ']') open.pop()
    else if (token !== ':' && tokens[index + 1] === ':') {
      const key = JSON.parse(token) as string
      if (open.at(-1)?.has(key)) duplicates.push(key)
      open.at(-1)?.add(key)
    }
  }
  return duplicates
}

/** One property with its comment, as `ObserveOptions.ts` writes them. */
const PROPERTY = /\/\*\*\s*([\s\S]*?)\s*\*\/\s+(\w+)(\??): ([^\n]+)/g
const INTERFACE = /export interface (\w+) \{\n([\s\S]*?)\n\}/g

const PREFIXES: Record<string, string> = {
  ObserveOptions: '',
  CollectorOptions: 'collector.',
  OpenReplayOptions: 'openReplay.',
  UmamiOptions: 'umami.',
}

/** A table of all options, made of their declarations and comments. */
export const renderOptions = (source: string): string => {
  const rows = [...source.matchAll(INTERFACE)].flatMap(([, name = '', body = '']) =>
    [...body.matchAll(PROPERTY)].map(([, comment = '', option, optional, type = '']) => {
      const text = comment.replace(/\s*\n\s*\*\s?/g, ' ').replace(/^\* /, '')
      const fallback = /Default (`[^`]+`|[^.]+?)\.(?:\s|$)/.exec(text)?.[1] ?? ''
      const said = text.replace(/\s*Default (?:`[^`]+`|[^.]+?)\.(?=\s|$)/, '')
      return `| \`${PREFIXES[name]}${option}\` | \`${type.replaceAll('|', '\\|')}\` | ${optional ? fallback || '–' : '**required**'} | ${said.replaceAll('|', '\\|')} |`
    }),
  )
  return ['| Option | Type | Default | |', '|---|---|---|---|', ...rows].join('\n')
}

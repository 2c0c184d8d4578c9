import { maskText } from '@acme/observe-schema/masking'

/**
 * The address of an image, font or style sheet, so that the player finds it: absolute, without query and fragment.
 * Empty when its path looks personal. Pictures in `data:` addresses stay, for they are looks and not addresses.
 */
export const safeAssetUrl = (value: string, base: string): string => {
  if (/^data:(?:image\/(?!svg)|font\/|application\/(?:font|x-font))/i.test(value)) return value
  try {
    const { protocol, origin, pathname } = new URL(value, base)
    const path = decodeURIComponent(pathname)
    return /^https?:/.test(protocol) && maskText(path) === path ? origin + pathname : ''
  } catch {
    return ''
  }
}

/** A string of CSS, with the quote first. */
const STRING = /(["'])((?:\\[\s\S]|(?!\1)[^\\])*)\1/g

/** `url(…)`, with what is inside its quotes. */
const URL_FUNCTION = /url\(\s*(["']?)([\s\S]*?)\1\s*\)/gi

/**
 * Where a bare string is an address: behind `@import`, and in a declaration from `image-set(` on. A string that names
 * a `type(…)` there is none, and those in `url(…)` are done already.
 */
const IMPORT = /@import(?:\s|\/\*[\s\S]*?\*\/)*(?:"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*')/gi
const IMAGE_SET = /image-set\((?:"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|[^;{}"'])*/gi
const FUNCTION_BEFORE = /(?:type|url)\(\s*$/i

/** All addresses inside a piece of CSS, made safe. */
export const safeCss = (css: string, base: string): string => {
  // A query can hide behind an escape, and stylesheets have no need of one in an address.
  const safe = (url: string) => (url.includes('\\') ? '' : safeAssetUrl(url, base))
  const safeStrings = (part: string) =>
    part.replace(STRING, (match, quote: string, url: string, at: number) =>
      FUNCTION_BEFORE.test(part.slice(0, at)) ? match : quote + safe(url) + quote,
    )
  return css
    .replace(URL_FUNCTION, (match, quote: string, url: string) =>
      url.startsWith('#') ? match : `url(${quote}${safe(url)}${quote})`,
    )
    .replace(IMPORT, safeStrings)
    .replace(IMAGE_SET, safeStrings)
}

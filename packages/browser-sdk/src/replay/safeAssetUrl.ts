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

/** All addresses inside a piece of CSS, made safe. */
export const safeCss = (css: string, base: string): string =>
  css.replace(/url\(\s*(["']?)(.*?)\1\s*\)/gi, (match, quote: string, url: string) =>
    url.startsWith('#') ? match : `url(${quote}${safeAssetUrl(url, base)}${quote})`,
  )

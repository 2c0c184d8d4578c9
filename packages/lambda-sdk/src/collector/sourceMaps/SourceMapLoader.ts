/** Which source map is wanted. All three come from the page, but hold no path that leads upwards. */
export interface SourceMapRequest {
  app: string
  release: string
  /** Path of the script at its origin, without a leading slash: `assets/index-4f2a.js`. */
  file: string
}

/** Finds a source map as JSON text; undefined when there is none. */
export type SourceMapLoader = (request: SourceMapRequest) => Promise<string | undefined>

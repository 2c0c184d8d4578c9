declare module '*/find-browser.mjs' {
  export const BROWSER_ARGS: string[]
  export const findBrowser: () => Promise<string | undefined>
}

import { entryFiles, sizeOf } from './bundle.mjs'
import { measureLoad } from './measureLoad.mjs'

/** Time in which what a page sends at its end arrives. */
const AFTERMATH_MS = 500

/**
 * Loads a variant once: which of its scripts stand before the application, which were loaded at all, and whether it
 * reached its receivers. A bundle may hold more, for options that are not on.
 */
export const probe = async ({ tab, server, path, files, variant }) => {
  server.takeAsked()
  await measureLoad({ ...tab, origin: server.origin, path })
  await tab.page.goto(`${server.origin}/blank`)
  await tab.page.waitForTimeout(AFTERMATH_MS)
  const asked = server.takeAsked()
  const missing = variant.reaches.filter((receiver) => !asked.includes(receiver))
  if (missing.length > 0)
    throw new Error(`${path} never reached ${missing.join(' and ')}: it was not at work.`)
  const loaded = files.filter(({ name }) => asked.includes(`/${path}/${name}`))
  return { entry: sizeOf(entryFiles(files)), loaded: sizeOf(loaded) }
}

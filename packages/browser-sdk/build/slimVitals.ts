import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'
import { type Cut, cut } from './cut.ts'

/** FCP and TTFB are not asked for by route, LCP, INP and CLS are. */
export const CUTS: readonly Cut[] = [
  [
    ',r){m(["soft-navigation"],n=>{n.forEach(n=>{c.l&&n.navigationId',
    ',0){m(["soft-navigation"],n=>{n.forEach(n=>{c.l&&n.navigationId',
  ],
  [
    ',r){m(["soft-navigation"],n=>{n.forEach(n=>{n.navigationId&&(c=l("TTFB"',
    ',0){m(["soft-navigation"],n=>{n.forEach(n=>{n.navigationId&&(c=l("TTFB"',
  ],
]

/** Bundles web-vitals without the parts that are never run: they would stand before every application. */
export const slimVitals = (): Plugin => ({
  name: 'slim-vitals',
  setup(build) {
    build.onLoad({ filter: /web-vitals[\\/]dist[\\/]web-vitals\.js$/ }, async ({ path }) => ({
      contents: cut(await readFile(path, 'utf8'), CUTS),
    }))
  },
})

import type { Plugin } from 'vite'
import { paintPrint } from './paintPrint.ts'
import { type Recipe, recipes } from './recipes.ts'

type Suffix = '' | '-small'

const SIZES: Record<Suffix, [width: number, height: number]> = { '': [1100, 1540], '-small': [440, 616] }

/** Serves and emits the shop's pictures as `/prints/<slug>.png` and `-small.png`, painted when they are needed. */
export const printsPlugin = (): Plugin => ({
  name: 'prints',
  configureServer(server) {
    server.middlewares.use('/prints', (request, response, next) => {
      const [, slug = '', suffix = ''] = /^\/([a-z-]+?)(-small)?\.png/.exec(request.url ?? '') ?? []
      const recipe = recipes[slug]
      if (!recipe) return next()
      response.setHeader('content-type', 'image/png')
      response.end(paint(slug, suffix as Suffix, recipe))
    })
  },
  generateBundle() {
    for (const [slug, recipe] of Object.entries(recipes))
      for (const suffix of Object.keys(SIZES) as Suffix[])
        this.emitFile({
          type: 'asset',
          fileName: `prints/${slug}${suffix}.png`,
          source: paint(slug, suffix, recipe),
        })
  },
})

const painted = new Map<string, Buffer>()

const paint = (slug: string, suffix: Suffix, recipe: Recipe): Buffer => {
  const key = slug + suffix
  const picture = painted.get(key) ?? paintPrint(recipe, ...SIZES[suffix])
  painted.set(key, picture)
  return picture
}

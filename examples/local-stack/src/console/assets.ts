import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

export interface Asset {
  contentType: string
  body: Buffer
}

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" fill="none" stroke="#5b5bd6" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"><circle cx="10" cy="10" r="7.5"/><path d="M2.5 10h3.5l2-4.5 3.5 9 2-4.5h4"/></svg>`

const CLIENT = fileURLToPath(new URL('./client/', import.meta.url))

/** The console's script (with the plotting library) and style sheet, made once at start. */
export const buildAssets = async (): Promise<ReadonlyMap<string, Asset>> => {
  const { outputFiles } = await build({
    entryPoints: ['console.ts', 'console.css'].map((file) => `${CLIENT}${file}`),
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    outdir: '/assets',
    logLevel: 'silent',
  })
  const assets = new Map<string, Asset>([
    ['/assets/icon.svg', { contentType: 'image/svg+xml', body: Buffer.from(ICON) }],
  ])
  for (const { path, contents } of outputFiles) {
    const css = path.endsWith('.css')
    assets.set(css ? '/assets/console.css' : '/assets/console.js', {
      contentType: css ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8',
      body: Buffer.from(contents),
    })
  }
  return assets
}

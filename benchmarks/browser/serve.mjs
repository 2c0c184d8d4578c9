import { createServer } from 'node:http'
import { brotli } from './bundle.mjs'
import { APPLICATION, heroPng, pageHtml } from './page.mjs'

/** Time the picture takes on the server, as from a store behind a CDN. */
const HERO_DELAY_MS = 60

const replayStart = () => ({
  token: 't',
  sessionID: '1',
  userUUID: '0198f3c2-7c1e-7000-8000-000000000002',
  projectID: '1',
  delay: 0,
  startTimestamp: Date.now(),
  beaconSizeLimit: 1_000_000,
  compressionThreshold: 24_000,
  canvasEnabled: false,
  canvasQuality: 'medium',
  canvasFPS: 1,
  features: {},
})

/** What the services behind the SDKs answer when all is well. */
const ANSWERS = [
  [/^\/receive\/collector/, 202, (events) => ({ accepted: events, rejected: [] })],
  [/^\/receive\/faro/, 202, () => ({})],
  [/^\/api\/send/, 200, () => ({ cache: 'c', sessionId: 's', visitId: 'v' })],
  [/^\/api\/1\/envelope/, 200, () => ({})],
  [/^\/ingest\/v1\/web\/start/, 200, replayStart],
  [/^\/ingest\/v1\/web\/tags/, 200, () => ({ tags: [] })],
  [/^\/ingest\//, 200, () => ({})],
]

const countEvents = (path, body) =>
  path.startsWith('/receive/collector') ? (JSON.parse(body.toString()).events?.length ?? 0) : 0

const read = async (request) => {
  const parts = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts)
}

/** Serves the page of each variant, its scripts as a CDN would (brotli), and all receivers, on loopback. */
export const serve = async (bundles) => {
  const hero = heroPng()
  const scripts = new Map()
  for (const [bundle, files] of Object.entries(bundles)) {
    const others = files.filter(({ name }) => name !== 'main.js')
    const entry = files.find(({ name }) => name === 'main.js')?.code ?? ''
    for (const { name, code } of [...others, { name: 'main.js', code: Buffer.from(entry + APPLICATION) }])
      scripts.set(`/${bundle}/${name}`, brotli(code))
  }
  /** Paths asked for since they were last taken: which scripts were loaded, and that a variant was really at work. */
  const asked = new Set()

  const server = createServer(async (request, response) => {
    const path = request.url.split('?')[0]
    const body = await read(request)
    asked.add(path)
    // Every load is a first visit.
    response.setHeader('cache-control', 'no-store')
    if (path === '/hero.png') {
      await new Promise((resolve) => setTimeout(resolve, HERO_DELAY_MS))
      return response.writeHead(200, { 'content-type': 'image/png' }).end(hero)
    }
    if (scripts.has(path)) {
      return response
        .writeHead(200, { 'content-type': 'text/javascript', 'content-encoding': 'br' })
        .end(scripts.get(path))
    }
    const answer = ANSWERS.find(([pattern]) => pattern.test(path))
    if (answer) {
      const [, status, make] = answer
      return response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify(make(countEvents(path, body))))
    }
    if (!path.startsWith('/page/'))
      return response.writeHead(path === '/blank' ? 200 : 404, { 'content-type': 'text/html' }).end()
    const script = `/${path.slice('/page/'.length)}/main.js`
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end(pageHtml(script))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    /** The paths asked for since the last call. */
    takeAsked: () => {
      const taken = [...asked]
      asked.clear()
      return taken
    },
    close: () =>
      new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      }),
  }
}

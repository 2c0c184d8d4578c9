import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readTemplate } from '../templates/readTemplates.ts'
import { type Nginx, startNginx } from './nginx.ts'
import { type StrictServer, startServer } from './strictServer.ts'

/** Service of the OpenReplay task by the port it listens on there. */
const PORTS = { http: 8081, api: 8082, chalice: 8000, frontend: 8080 } as const
type Name = keyof typeof PORTS

let nginx: Nginx
let url: string
const services = {} as Record<Name, StrictServer>

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

beforeAll(async () => {
  for (const name of Object.keys(PORTS) as Name[]) {
    services[name] = await startServer(({ path }) =>
      path === '/missing.js' || path.startsWith('/projects/')
        ? { status: 404, body: 'not here' }
        : {
            status: 200,
            body: { service: name },
            headers: { 'access-control-allow-origin': 'https://upstream.example' },
          },
    )
  }
  const { template } = readTemplate('stacks/openreplay.yaml')
  const containers = template.Resources.TaskDefinition?.Properties?.ContainerDefinitions as {
    Name: string
    Environment?: { Name: string; Value: string }[]
  }[]
  let config = containers.find(({ Name }) => Name === 'proxy')?.Environment?.[0]?.Value ?? ''
  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  config = config.replace('listen 80;', `listen 127.0.0.1:${port};`)
  for (const [name, original] of Object.entries(PORTS))
    config = config.replaceAll(`127.0.0.1:${original}`, services[name as Name].url.slice(7))
  nginx = await startNginx(config, port)
  for (const service of Object.values(services)) service.requests.length = 0
})
afterAll(() => {
  nginx?.stop()
  for (const service of Object.values(services)) service.close()
})

const seen = (name: Name) => services[name].requests.at(-1)

it.each([
  ['/ingest/v1/web/start', 'http', '/v1/web/start'],
  ['/v2/api/1/sessions', 'api', '/1/sessions'],
  ['/api/login', 'chalice', '/login'],
  ['/health', 'chalice', '/signup'],
  ['/app.js', 'frontend', '/app.js'],
] as const)('%s goes to %s as %s', async (path, name, upstream) => {
  const response = await fetch(`${url}${path}`)
  expect(await response.json()).toEqual({ service: name })
  expect(seen(name)?.path).toBe(upstream)
})

it('answers the preflight of the tracker itself, for any origin', async () => {
  const response = await fetch(`${url}/ingest/v1/web/i`, {
    method: 'OPTIONS',
    headers: { origin: 'https://shop.example.com' },
  })
  expect(response.status).toBe(204)
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
  expect(response.headers.get('access-control-allow-headers')).toContain('X-Openreplay-Batch')
  expect(response.headers.get('access-control-allow-methods')).toContain('POST')
})

it('sends one CORS header, not two, and the batch as it came', async () => {
  const body = 'x'.repeat(1_000_000)
  const response = await fetch(`${url}/ingest/v1/web/i?batch=1`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/octet-stream',
      authorization: 'Bearer t',
      'x-forwarded-for': '203.0.113.9, 10.0.0.1',
    },
  })
  expect(response.status).toBe(200)
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
  const request = seen('http')
  expect(request?.body.length).toBe(body.length)
  expect(request?.query.get('batch')).toBe('1')
  expect(request?.headers).toMatchObject({
    authorization: 'Bearer t',
    'x-forwarded-for': '203.0.113.9, 10.0.0.1',
    'x-forwarded-proto': 'https',
  })
})

it('shows the application for the address of a page of it', async () => {
  const response = await fetch(`${url}/projects/1/sessions`)
  expect(response.status).toBe(200)
  expect(seen('frontend')?.path).toBe('/index.html')
})

it('keeps answers of the API out of caches', async () => {
  const response = await fetch(`${url}/api/projects`)
  expect(response.headers.get('cache-control')).toBe('no-store')
})

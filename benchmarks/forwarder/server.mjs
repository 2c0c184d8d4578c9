/**
 * An OpenSearch `_bulk` that fails on purpose, in a process of its own so that its work is not counted. It answers 429 to
 * whole requests and to single items, breaks connections before and after it indexed, and now and then answers nothing.
 * Chances come from a seeded generator: two runs see the same faults.
 */
import { createServer } from 'node:http'

const writes = new Map()
const injected = { throttled: 0, throttledItems: 0, dropped: 0, droppedAfterIndexing: 0, hanging: 0 }
let seed = 7
const chance = (share) => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return seed / 2_147_483_648 < share
}
const faulty = process.argv.includes('--faults')

const bulk = (body, request, response) => {
  if (faulty && chance(0.05)) {
    injected.throttled += 1
    return response.writeHead(429).end('{"error":"rejected execution"}')
  }
  if (faulty && chance(0.02)) {
    injected.dropped += 1
    return request.socket.destroy()
  }
  // One request that hangs shows the time-out at work; each waits its 30 seconds.
  if (faulty && injected.hanging < 1 && chance(0.05)) {
    injected.hanging += 1
    return undefined
  }
  const lines = body.split('\n')
  const items = []
  let errors = false
  for (let line = 0; line + 1 < lines.length; line += 2) {
    const { index } = JSON.parse(lines[line])
    if (faulty && chance(0.005)) {
      injected.throttledItems += 1
      errors = true
      items.push({ index: { ...index, status: 429, error: { type: 'rejected', reason: 'queue is full' } } })
      continue
    }
    const key = `${index._index}/${index._id}`
    writes.set(key, (writes.get(key) ?? 0) + 1)
    items.push({ index: { ...index, status: writes.get(key) === 1 ? 201 : 200 } })
  }
  if (faulty && chance(0.02)) {
    injected.droppedAfterIndexing += 1
    return request.socket.destroy()
  }
  return response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ took: 1, errors, items }))
}

const server = createServer(async (request, response) => {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  if (request.url === '/report') {
    response.end(JSON.stringify({ documents: writes.size, injected }))
  } else bulk(Buffer.concat(chunks).toString('utf8'), request, response)
})
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))

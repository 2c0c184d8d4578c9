import { deflateSync } from 'node:zlib'

/** The application's own code, in one file with the SDK as a bundler would put it. */
export const APPLICATION = `
{
  const cart = []
  for (const button of document.querySelectorAll('button'))
    button.addEventListener('click', () => cart.push(button.previousElementSibling.href))
}`

/** The page of all variants: text at once, then a heavy picture, which is the largest paint. */
export const pageHtml = (script) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Shop</title>
<style>body{font:16px/1.5 sans-serif;margin:0 auto;max-width:900px}img{display:block;width:100%;height:420px}</style>
<script type="module" src="${script}"></script>
<h1>Prints of the harbour</h1>
<img src="/hero.png" alt="The night ferry" width="900" height="420">
<ul>${Array.from({ length: 60 }, (_, row) => `<li><a href="/products/${row}">Print ${row}</a> <button type="button">Add to cart</button></li>`).join('')}</ul>
</html>`

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xed_b8_83_20 : value >>> 1
  return value >>> 0
})
const crc = (bytes) => {
  let value = 0xff_ff_ff_ff
  for (const byte of bytes) value = TABLE[(value ^ byte) & 255] ^ (value >>> 8)
  return (value ^ 0xff_ff_ff_ff) >>> 0
}
const chunk = (type, data) => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc(body))
  return Buffer.concat([length, body, sum])
}

/** A picture of noise, which no compression makes smaller: about 434 kB, the same in every run. */
export const heroPng = (width = 450, height = 321) => {
  const rows = Buffer.alloc((width * 3 + 1) * height)
  let state = 1
  for (let index = 0; index < rows.length; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    rows[index] = index % (width * 3 + 1) === 0 ? 0 : state >>> 24
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 0 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

import { encodePng } from './encodePng.ts'
import type { Ink, Recipe } from './recipes.ts'

type Rgb = [number, number, number]

const SHADES = 10
const GRAIN = 1.5

/** Paints a recipe as a PNG in the manner of a risograph: few inks, visible grain. The same every time. */
export const paintPrint = (recipe: Recipe, width: number, height: number): Buffer => {
  const palette: Rgb[] = []
  const addInk = (ink: Ink): number => palette.push(...shades(ink)) - SHADES
  const sky = addInk(recipe.sky)
  const suns = recipe.suns.map((sun) => ({ ...sun, base: addInk(sun.ink) }))
  const water = recipe.water && { ...recipe.water, base: addInk(recipe.water.ink) }
  const ridges = recipe.ridges.map((ridge, seed) => ({
    ...ridge,
    base: addInk(ridge.ink),
    line: Float64Array.from({ length: width }, (_, x) => {
      const wave = fractalNoise((x / width) * ridge.frequency + seed * 17.3, ridge.roughness, seed)
      return ridge.top - ridge.height * (wave - 0.5)
    }),
  }))

  const pixels = new Uint8Array(width * height)
  const aspect = height / width
  for (let y = 0; y < height; y++) {
    const v = y / height
    const wet = water && v > water.top && v < water.bottom
    for (let x = 0; x < width; x++) {
      const u = x / width
      let base = wet ? water.base : sky
      let shade = wet ? (v - water.top) / (water.bottom - water.top) : v * 1.6
      for (const sun of suns) {
        const across = Math.abs(u - sun.x)
        if (across > sun.radius * 1.2) continue
        if (wet) {
          const ripple = (noise2d(x >> 4, y >> 2) - 0.5) * 0.12
          const glint = Math.abs(u - sun.x + ripple) < sun.radius * (0.35 + shade * 0.5)
          if (!glint || noise2d(x >> 5, y >> 2) <= 0.5) continue
          base = sun.base
          shade = 0.6 + shade * 0.4
        } else if (Math.hypot(across, (v - sun.y) * aspect) < sun.radius) {
          base = sun.base
          shade = (v - sun.y) / sun.radius / 2 + 0.5
        }
      }
      for (const ridge of ridges) {
        const line = ridge.line[x] ?? 1
        if (v < line || (water && ridge.top < water.top && v > water.top)) continue
        base = ridge.base
        shade = (v - line) / 0.16
      }
      pixels[y * width + x] = base + dither(shade, x, y)
    }
  }
  return encodePng(width, height, palette, pixels)
}

const dither = (shade: number, x: number, y: number): number => {
  const level = Math.max(0, Math.min(1, shade)) * (SHADES - 1) + (noise2d(x, y) - 0.5) * GRAIN
  return Math.max(0, Math.min(SHADES - 1, Math.round(level)))
}

const shades = ([from, to]: Ink): Rgb[] =>
  Array.from({ length: SHADES }, (_, index) => {
    const [a, b] = [parseColor(from), parseColor(to)]
    const part = index / (SHADES - 1)
    return a.map((channel, i) => Math.round(channel + ((b[i] ?? 0) - channel) * part)) as Rgb
  })

const parseColor = (color: string): Rgb =>
  [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)) as Rgb

/** Value noise over several octaves, 0 to 1; `roughness` is how much each octave keeps of the one before. */
const fractalNoise = (at: number, roughness: number, seed: number): number => {
  let [sum, weights, weight, position] = [0, 0, 1, at]
  for (let octave = 0; octave < 9; octave++) {
    const cell = Math.floor(position)
    const part = position - cell
    const ease = part * part * (3 - 2 * part)
    const [left, right] = [noise2d(cell, seed + octave), noise2d(cell + 1, seed + octave)]
    sum += weight * (left + (right - left) * ease)
    weights += weight
    weight *= roughness
    position *= 2
  }
  return sum / weights
}

/** A number from 0 to 1 that looks random and depends on the position alone. */
const noise2d = (x: number, y: number): number => {
  let hash = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
  return ((hash ^ (hash >>> 15)) >>> 0) / 0x1_0000_0000
}

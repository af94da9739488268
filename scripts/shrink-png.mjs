// Makes a picture of a screen small enough to keep: at most 256 colours, the frequent ones exactly. A plain reader and writer
// of the one kind of PNG that browsers make (8 bits, no interlace), so that no package is needed for it.
import { crc32, deflateSync, inflateSync } from 'node:zlib'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const bytesOfType = { 2: 3, 3: 1, 6: 4 }
const mostColours = 256
/** Squared distance below which a rare colour is drawn as a frequent one. */
const alike = 48

/** The same picture with a palette. */
export function shrinkPng(png) {
  const { width, height, colours } = readPixels(png)
  const counts = new Map()
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const palette = choosePalette(counts)
  const places = new Map([...counts.keys()].map((colour) => [colour, nearest(palette, colour)]))
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = places.get(colours[y * width + x])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3, 0, 0, 0], 8)
  const plte = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))
  const data = deflateSync(rows, { level: 9, memLevel: 9 })
  const parts = [chunk('IHDR', head), chunk('PLTE', plte), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([signature, ...parts])
}

/** Each pixel's colour as one number; what is transparent is not expected in a screen. */
export function readPixels(png) {
  const chunks = chunksOf(png)
  const head = chunks.find(({ type }) => type === 'IHDR').data
  const [width, height, depth, kind, interlace] = [
    head.readUInt32BE(0),
    head.readUInt32BE(4),
    head[8],
    head[9],
    head[12],
  ]
  const size = bytesOfType[kind]
  if (depth !== 8 || size === undefined || interlace !== 0) throw new Error('Only plain 8-bit PNGs can be read.')
  const data = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map((one) => one.data)))
  const bytes = unfilter(data, width * size, height, size)
  const palette = chunks.find(({ type }) => type === 'PLTE')?.data
  const colours = new Uint32Array(width * height)
  for (let at = 0; at < colours.length; at++) {
    const [from, start] = kind === 3 ? [palette, bytes[at] * 3] : [bytes, at * size]
    colours[at] = (from[start] << 16) | (from[start + 1] << 8) | from[start + 2]
  }
  return { width, height, colours }
}

/** The frequent ones that are told apart; what is left of the room goes to the next frequent. */
function choosePalette(counts) {
  const byCount = [...counts].sort(([, a], [, b]) => b - a).map(([colour]) => colour)
  const chosen = []
  for (const colour of byCount) {
    if (chosen.length === mostColours) return chosen
    if (chosen.every((other) => distance(colour, other) > alike)) chosen.push(colour)
  }
  const known = new Set(chosen)
  return [...chosen, ...byCount.filter((colour) => !known.has(colour)).slice(0, mostColours - chosen.length)]
}

function nearest(palette, colour) {
  let best = 0
  for (let at = 1; at < palette.length; at++) {
    if (distance(palette[at], colour) < distance(palette[best], colour)) best = at
  }
  return best
}

function distance(a, b) {
  const [red, green, blue] = [(a >> 16) - (b >> 16), ((a >> 8) & 255) - ((b >> 8) & 255), (a & 255) - (b & 255)]
  return 2 * red * red + 4 * green * green + 3 * blue * blue
}

function chunksOf(png) {
  const chunks = []
  for (let at = signature.length; at < png.length; ) {
    const length = png.readUInt32BE(at)
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) })
    at += length + 12
  }
  return chunks
}

function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(named.length + 8)
  framed.writeUInt32BE(data.length, 0)
  named.copy(framed, 4)
  framed.writeUInt32BE(crc32(named), named.length + 4)
  return framed
}

/** Each row begins with how its bytes differ from those before and above (PNG, section 9). */
function unfilter(data, stride, height, size) {
  const out = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y++) {
    const how = data[y * (stride + 1)]
    for (let x = 0; x < stride; x++) {
      const left = x < size ? 0 : out[y * stride + x - size]
      const up = y === 0 ? 0 : out[(y - 1) * stride + x]
      const corner = x < size || y === 0 ? 0 : out[(y - 1) * stride + x - size]
      out[y * stride + x] =
        data[y * (stride + 1) + 1 + x] + [0, left, up, (left + up) >> 1, paeth(left, up, corner)][how]
    }
  }
  return out
}

function paeth(left, up, corner) {
  const guess = left + up - corner
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}

import { NotAZip } from './not-a-zip.ts'

export type ZipEntry = { path: string; size: number; bytes: () => Promise<Uint8Array<ArrayBuffer>> }

const endSignature = 0x06054b50
const entrySignature = 0x02014b50
const localSignature = 0x04034b50

/**
 * The files of a .zip (PKWARE APPNOTE 4.3), each inflated only when its bytes are asked for and never beyond what it says or
 * what is left of `mostBytes`: a bomb ends there.
 */
export async function unzip(file: Blob, mostBytes: number): Promise<ZipEntry[]> {
  const view = new DataView(await file.arrayBuffer())
  const end = findEnd(view)
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  let left = mostBytes
  const entries: ZipEntry[] = []
  for (let index = 0; index < count; index++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== entrySignature) throw new NotAZip()
    const flags = view.getUint16(at + 8, true)
    const method = view.getUint16(at + 10, true)
    const packed = view.getUint32(at + 20, true)
    const size = view.getUint32(at + 24, true)
    const nameLength = view.getUint16(at + 28, true)
    const local = view.getUint32(at + 42, true)
    const path = new TextDecoder().decode(new Uint8Array(view.buffer, at + 46, nameLength))
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    if (path.endsWith('/')) continue
    const isLocked = (flags & 1) === 1
    entries.push({
      path,
      size,
      bytes: async () => {
        if (isLocked || (method !== 0 && method !== 8))
          throw new NotAZip(`${path} is locked or packed in a way we cannot read.`)
        left -= size
        if (left < 0) throw new NotAZip(`${path} makes the .zip too large.`)
        const bytes = bytesOf(view, local, packed)
        return method === 0 ? bytes : await inflate(bytes, size)
      },
    })
  }
  return entries
}

function findEnd(view: DataView<ArrayBuffer>): number {
  // It is followed by a comment of at most 64 KiB.
  for (let at = view.byteLength - 22; at >= 0 && at >= view.byteLength - 65_557; at--) {
    if (view.getUint32(at, true) === endSignature) return at
  }
  throw new NotAZip()
}

function bytesOf(view: DataView<ArrayBuffer>, local: number, packed: number): Uint8Array<ArrayBuffer> {
  if (local + 30 > view.byteLength || view.getUint32(local, true) !== localSignature) throw new NotAZip()
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
  if (start + packed > view.byteLength) throw new NotAZip()
  return new Uint8Array(view.buffer, start, packed)
}

async function inflate(packed: Uint8Array<ArrayBuffer>, size: number): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  const bytes = new Uint8Array(size)
  let filled = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    if (filled + value.length > size) {
      await reader.cancel()
      throw new NotAZip('The .zip says of a file that it is shorter than it is.')
    }
    bytes.set(value, filled)
    filled += value.length
  }
  return bytes.subarray(0, filled)
}

import type { Writable } from 'node:stream'

const headerBytes = 8
const longest = 16 * 1024 * 1024

/**
 * Parts what a container writes into its two streams. Each frame has a header of eight bytes: 1 for stdout or 2 for stderr,
 * three zeros, and the length as a big-endian number of four bytes. Throws for what is no frame.
 */
export function framesReader(stdout: Writable, stderr: Writable): (bytes: Buffer) => void {
  let held: Buffer = Buffer.alloc(0)
  return (bytes) => {
    held = held.length === 0 ? bytes : Buffer.concat([held, bytes])
    while (held.length >= headerBytes) {
      const length = held.readUInt32BE(4)
      if (length > longest) throw new RangeError('a frame is longer than frames are')
      if (held.length < headerBytes + length) return
      const part = held.subarray(headerBytes, headerBytes + length)
      if (held[0] === 2) stderr.write(part)
      else stdout.write(part)
      held = held.subarray(headerBytes + length)
    }
  }
}

/** The other way around. */
export function frame(stream: 'stdout' | 'stderr', bytes: Uint8Array): Buffer {
  const header = Buffer.alloc(headerBytes)
  header[0] = stream === 'stderr' ? 2 : 1
  header.writeUInt32BE(bytes.length, 4)
  return Buffer.concat([header, bytes])
}

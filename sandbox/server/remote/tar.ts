/** One file of an archive; `mode` as in chmod. */
export type TarFile = { readonly path: string; readonly bytes: Uint8Array; readonly mode?: number }

/** A tar archive in ustar form (POSIX.1-1988), as Docker and npm read it: plain files of root, paths up to 100 bytes. */
export function writeTar(files: readonly TarFile[]): Buffer {
  const parts = files.flatMap(({ path, bytes, mode = 0o444 }) => [
    header(path, bytes.length, mode),
    Buffer.from(bytes),
    Buffer.alloc((block - (bytes.length % block)) % block),
  ])
  return Buffer.concat([...parts, Buffer.alloc(2 * block)])
}

const block = 512

function header(path: string, size: number, mode: number): Buffer {
  if (Buffer.byteLength(path) > 100) throw new RangeError(`${path} is too long a path for this archive`)
  const bytes = Buffer.alloc(block)
  const octal = (value: number, length: number) => value.toString(8).padStart(length - 1, '0')
  bytes.write(path, 0)
  bytes.write(octal(mode, 8), 100)
  bytes.write(octal(0, 8), 108)
  bytes.write(octal(0, 8), 116)
  bytes.write(octal(size, 12), 124)
  bytes.write(octal(0, 12), 136)
  // The sum is made as if its own field were blanks.
  bytes.write('        ', 148)
  bytes.write('0', 156)
  bytes.write('ustar\x0000', 257, 'latin1')
  const sum = bytes.reduce((total, byte) => total + byte, 0)
  bytes.write(`${octal(sum, 7)}\0 `, 148, 'latin1')
  return bytes
}

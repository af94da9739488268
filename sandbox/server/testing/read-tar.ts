/** Plain files of a tar archive, by path, as far as our own writer's form goes. */
export function readTar(archive: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>()
  for (let at = 0; at + 512 <= archive.length; ) {
    const header = archive.subarray(at, at + 512)
    const name = header.toString('utf8', 0, 100).replace(/\0.*$/s, '')
    if (name === '') break
    const size = Number.parseInt(header.toString('latin1', 124, 135), 8)
    if (header.toString('latin1', 257, 262) !== 'ustar') throw new Error(`${name} is not in ustar form`)
    files.set(name, archive.subarray(at + 512, at + 512 + size))
    at += 512 + Math.ceil(size / 512) * 512
  }
  return files
}

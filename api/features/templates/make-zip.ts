import { crc32, deflateRawSync } from 'node:zlib'

/** The bytes of a .zip (PKWARE APPNOTE 4.3) with these files; the same files always give the same bytes. */
export function makeZip(files: readonly { path: string; text: string }[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { path, text } of files) {
    const name = Buffer.from(path)
    const bytes = Buffer.from(text)
    const packed = deflateRawSync(bytes)
    const head = headOf({ crc: crc32(bytes), packed: packed.length, size: bytes.length, name: name.length })
    parts.push(Buffer.concat([u32(0x04034b50), head, name]), packed)
    // Version made by, then the head again, no comment, disk 0, no attributes, and where its bytes are.
    directory.push(Buffer.concat([u32(0x02014b50), u16(20), head, u16(0), u16(0), u16(0), u32(0), u32(offset), name]))
    offset += 30 + name.length + packed.length
  }
  const list = Buffer.concat(directory)
  const end = [
    u32(0x06054b50),
    u16(0),
    u16(0),
    u16(files.length),
    u16(files.length),
    u32(list.length),
    u32(offset),
    u16(0),
  ]
  return Buffer.concat([...parts, list, ...end])
}

type Head = { crc: number; packed: number; size: number; name: number }

/** Version 2.0, names in UTF-8, deflated, on the first day a .zip can name. */
function headOf({ crc, packed, size, name }: Head): Buffer {
  const firstDay = 0x0021
  return Buffer.concat([
    ...[u16(20), u16(0x0800), u16(8), u16(0), u16(firstDay)],
    ...[u32(crc), u32(packed), u32(size), u16(name), u16(0)],
  ])
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { isPassedBy } from './dropped.ts'
import { NotATemplate, readDropped } from './read-dropped.ts'
import { unzip } from './unzip.ts'

const dropped = (files: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>, name = 'shop') => ({
  name,
  files: Object.entries(files).map(([path, content]) => ({ path, file: new File([content], path) })),
})
const failure = (reading: Promise<unknown>) =>
  reading.then(
    () => undefined,
    (error: unknown) => error,
  )

describe('a folder that was dropped', () => {
  test('starts where its org.yaml lies, and its paths are from there', async () => {
    const { source } = await readDropped(
      dropped({ 'home/notes.md': 'x', 'home/shop/org.yaml': 'name: A', 'home/shop/lead/system-prompt.md': 'You.' }),
    )
    expect(source).toEqual({
      kind: 'folder',
      files: [
        { path: 'org.yaml', text: 'name: A' },
        { path: 'lead/system-prompt.md', text: 'You.' },
      ],
    })
  })

  test('hands over names of an .env and keeps its values here', async () => {
    const { source, env } = await readDropped(
      dropped({
        'shop/org.yaml': 'name: A',
        'shop/.env': 'TOKEN=very-secret\n',
        'shop/lead/.env': 'OTHER="also secret"\n',
      }),
    )
    expect(JSON.stringify(source)).not.toMatch(/very-secret|also secret/)
    expect(source).toMatchObject({ files: [{}, { text: 'TOKEN=set' }, { path: 'lead/.env', text: 'OTHER=set' }] })
    expect(env).toEqual([
      { name: 'TOKEN', value: 'very-secret' },
      { name: 'OTHER', value: 'also secret' },
    ])
  })

  test('names a file that is too long or no text, and goes on', async () => {
    const { source } = await readDropped(
      dropped({ 'org.yaml': 'name: A', 'big.md': 'x'.repeat(1_048_577), 'logo.png': new Uint8Array([137, 80, 255]) }),
    )
    expect(source).toMatchObject({
      files: [
        {},
        { path: 'big.md', refused: 'is 1.0 MiB; a file may have 1 MiB' },
        { path: 'logo.png', refused: 'is not UTF-8 text' },
      ],
    })
  })

  test('without an org.yaml, or with too many files, says what to do', async () => {
    expect(await failure(readDropped(dropped({ 'readme.md': 'x' })))).toMatchObject({
      message: 'There is no org.yaml in shop.',
      fix: 'Choose the folder that holds it, a .zip of that folder, or a .bundle.json.',
    })
    const many = Object.fromEntries(Array.from({ length: 5_001 }, (_, at) => [`f${at}.md`, '']))
    const refused = await failure(readDropped(dropped({ 'org.yaml': 'name: A', ...many })))
    expect(refused).toBeInstanceOf(NotATemplate)
    expect(refused).toMatchObject({ message: 'shop holds 5,002 files; a template has at most 5,000.' })
  })

  test('passes by what no template has', () => {
    expect(['.git/config', 'a/node_modules/x.md', '.DS_Store', '__MACOSX/a'].every(isPassedBy)).toBe(true)
    expect(['.env', 'lead/.env', 'lead/notes.md'].some(isPassedBy)).toBe(false)
  })
})

test('a bundle goes as it is', async () => {
  const { source } = await readDropped(dropped({ 'desk.bundle.json': '{"name":"Desk"}' }))
  expect(source).toEqual({ kind: 'bundle', name: 'desk.bundle.json', text: '{"name":"Desk"}' })
})

describe('a .zip', () => {
  const u16 = (value: number) => [value & 255, value >> 8]
  const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)]

  /** One deflated file; `says` is the size the .zip gives for it. */
  function zipOf(path: string, text: string, says = Buffer.byteLength(text)): Uint8Array<ArrayBuffer> {
    const name = [...Buffer.from(path)]
    const packed = [...deflateRawSync(Buffer.from(text))]
    const head = [...u16(20), ...u16(0), ...u16(8), ...u32(0), ...u32(0), ...u32(packed.length), ...u32(says)]
    const local = [...u32(0x04034b50), ...head, ...u16(name.length), ...u16(0), ...name, ...packed]
    const entry = [
      ...[...u32(0x02014b50), ...u16(20), ...head, ...u16(name.length), ...u16(0), ...u16(0), ...u16(0), ...u16(0)],
      ...[...u32(0), ...u32(0), ...name],
    ]
    const end = [
      ...[...u32(0x06054b50), ...u16(0), ...u16(0), ...u16(1), ...u16(1), ...u32(entry.length), ...u32(local.length)],
      ...u16(0),
    ]
    return new Uint8Array([...local, ...entry, ...end])
  }

  test('of a folder is read as the folder', async () => {
    const { source } = await readDropped(dropped({ 'shop.zip': zipOf('shop/org.yaml', 'name: Zipped\n') }))
    expect(source).toEqual({ kind: 'folder', files: [{ path: 'org.yaml', text: 'name: Zipped\n' }] })
  })

  test('that is damaged, lies about a size or holds a bomb is refused', async () => {
    const read = async (bytes: Uint8Array<ArrayBuffer>, most = 1_000_000) => {
      for (const entry of await unzip(new Blob([bytes]), most)) await entry.bytes()
    }
    const good = zipOf('org.yaml', 'name: A\n'.repeat(1_000))
    expect(await failure(read(good.subarray(0, good.length - 30)))).toMatchObject({
      message: expect.stringMatching(/damaged/),
    })
    expect(await failure(read(zipOf('org.yaml', 'x'.repeat(10_000), 10)))).toMatchObject({
      message: expect.stringMatching(/shorter than it is/),
    })
    expect(await failure(read(good, 100))).toMatchObject({
      message: expect.stringMatching(/makes the \.zip too large/),
    })
    expect(await failure(read(new Uint8Array(8)))).toMatchObject({ message: expect.stringMatching(/damaged/) })
  })
})

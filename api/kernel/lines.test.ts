import { expect, test } from 'vitest'
import { linesOf } from './lines.ts'

async function read(chunks: readonly Uint8Array[], maxChars = 100): Promise<string[]> {
  const lines: string[] = []
  const stream = async function* () {
    yield* chunks
  }
  for await (const line of linesOf(stream(), maxChars)) lines.push(line)
  return lines
}

test('lines come whole however their bytes were cut, and only a line feed ends one', async () => {
  const text = 'één\n\u2028 and \r stay\n\n🦊 last'
  const bytes = new TextEncoder().encode(text)
  const single = [...bytes].map((byte) => Uint8Array.of(byte))
  expect(await read(single)).toEqual(['één', '\u2028 and \r stay', '', '🦊 last'])
  expect(await read([bytes])).toEqual(await read(single))
})

test('the end of the last line makes no further one', async () => {
  expect(await read([new TextEncoder().encode('a\nb\n')])).toEqual(['a', 'b'])
  expect(await read([])).toEqual([])
})

test('a line that grows without end, and bytes that are no text, are refused', async () => {
  await expect(read([new Uint8Array(101).fill(97)])).rejects.toMatchObject({ code: 'too-large' })
  await expect(read([Uint8Array.of(97, 0xff)])).rejects.toMatchObject({ code: 'bad-input' })
  await expect(read([Uint8Array.of(0xc3)])).rejects.toMatchObject({ code: 'bad-input' })
})

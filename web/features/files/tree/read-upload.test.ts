import { expect, test } from 'vitest'
import { readUpload } from './read-upload.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

test('text is taken as it is, its byte order mark too', () => {
  expect(readUpload('notes/a.md', bytes('\ufeffé 👩‍🚀\r\n'))).toEqual({
    ok: true,
    path: 'notes/a.md',
    text: '\ufeffé 👩‍🚀\r\n',
  })
})

test.each([
  ['a.png', new Uint8Array([0x89, 0x50, 0, 1]), /not text/],
  ['a.md', new Uint8Array([0xff, 0xfe, 0x41]), /not UTF-8/],
  ['big.md', new Uint8Array(1_048_577).fill(65), /1\.0 MiB; a file may hold at most 1 MiB/],
  ['../up.md', bytes('x'), /relative path/],
  ['.hidden', bytes('x'), /relative path/],
])('%s is refused with the reason', (path, content, why) => {
  const read = readUpload(path, content)
  expect(!read.ok && read.why).toMatch(why)
})

import { expect, test } from 'vitest'
import { readUpload } from './read-upload.ts'

const fileOf = (content: string | Uint8Array<ArrayBuffer>) => new Blob([content])

test('text is taken as it is, its byte order mark too', async () => {
  expect(await readUpload({ path: 'notes/a.md', file: fileOf('\ufeffé 👩‍🚀\r\n') })).toEqual({
    ok: true,
    path: 'notes/a.md',
    text: '\ufeffé 👩‍🚀\r\n',
  })
})

test.each([
  ['a.png', fileOf(new Uint8Array([0x89, 0x50, 0, 1])), /not text/],
  ['a.md', fileOf(new Uint8Array([0xff, 0xfe, 0x41])), /not UTF-8/],
  ['../up.md', fileOf('x'), /relative path/],
  ['.hidden', fileOf('x'), /relative path/],
  ['gone.md', { size: 1, arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')) }, /not be read/],
  ['locked.md', undefined, /It could not be read\./],
])('%s is refused with the reason', async (path, file, why) => {
  const read = await readUpload({ path, file })
  expect(!read.ok && read.why).toMatch(why)
})

test('a file that is too large is refused unread', async () => {
  let isRead = false
  const film = {
    size: 1_048_577,
    arrayBuffer: async () => {
      isRead = true
      return new ArrayBuffer(1_048_577)
    },
  }
  const read = await readUpload({ path: 'film.md', file: film })
  expect(!read.ok && read.why).toMatch(/1\.0 MiB; a file may hold at most 1 MiB/)
  expect(isRead).toBe(false)
})

import { expect, test } from 'vitest'
import { createFileStore } from '#sandbox/file-store.ts'
import { removedIn, writtenIn } from './written.ts'

test('what a run made or changed is told, with what was there before; what it left alone is not', () => {
  const given = { 'data/in.csv': '1,2\n', 'notes.md': 'old\n' }
  const files = createFileStore(10_000)
  for (const [path, text] of Object.entries(given)) files.write(path, text)
  files.write('notes.md', 'new\n')
  files.write('out/sum.txt', '3')
  files.write('picture.png', new Uint8Array([0x89, 0x50, 0xff]))
  const changed = new Set(files.list())
  files.write('package.json', 'made in the terminal')
  expect(writtenIn(files, given, changed)).toEqual([
    { path: 'notes.md', text: 'new\n', bytes: 4, before: 'old\n' },
    { path: 'out/sum.txt', text: '3', bytes: 1, before: null },
    { path: 'picture.png', text: null, bytes: 3, before: null },
  ])
})

test('what a run took away is told with its text; the program itself is no file of its run', () => {
  const files = createFileStore(10_000)
  for (const path of ['main.py', 'old.csv', 'kept.md']) files.write(path, path)
  const given = { 'main.py': 'main.py', 'old.csv': 'old.csv', 'kept.md': 'kept.md' }
  files.remove('old.csv')
  files.remove('main.py')
  expect(removedIn(files, { files: given, path: 'main.py' })).toEqual([{ path: 'old.csv', before: 'old.csv' }])
})

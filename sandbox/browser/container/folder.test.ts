import * as node from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createFolder } from './folder.ts'
import type { ContainerFs } from './runtime.ts'

/** A real folder of this machine: what it refuses, it refuses as a file system does. */
async function openFolder(limitBytes = 1_000, beforeReading: (path: string) => Promise<void> = async () => undefined) {
  const root = await node.mkdtemp(join(tmpdir(), 'delegraph-folder-'))
  onTestFinished(() => node.rm(root, { recursive: true, force: true }))
  const fs: ContainerFs = {
    async readFile(path) {
      await beforeReading(path)
      return await node.readFile(path)
    },
    writeFile: (path, data) => node.writeFile(path, data),
    async readdir(path, options) {
      await beforeReading(path)
      return await node.readdir(path, options)
    },
    mkdir: (path, options) => node.mkdir(path, options),
    rm: (path, options) => node.rm(path, options),
    watch: () => ({ close: () => undefined }),
  }
  return { folder: createFolder(fs, join(root, 'session'), limitBytes), inside: join(root, 'session') }
}

test('a file the container did not take is named until a newer version of it is taken or it is removed', async () => {
  const { folder } = await openFolder()
  folder.files.write('lib', 'a file')
  folder.files.write('lib/add.js', 'below a file there is no place')
  folder.files.write('fine.js', '1')
  expect(await folder.settled()).toMatch(/did not take lib\/add\.js \(.*(ENOTDIR|EEXIST)/)
  folder.files.remove('lib')
  folder.files.write('./lib/add.js', 'now there is')
  expect(await folder.settled()).toBeNull()
})

test('several are counted, and one that was removed is no longer missed', async () => {
  const { folder } = await openFolder()
  folder.files.write('a', '')
  folder.files.write('a/1.js', '')
  folder.files.write('a/2.js', '')
  expect(await folder.settled()).toContain('did not take a/1.js')
  expect(await folder.settled()).toContain('and 1 more')
  folder.files.remove('a/1.js')
  folder.files.remove('a/2.js')
  expect(await folder.settled()).toBeNull()
})

test('what programs wrote comes back as far as there is room; what there was none for is named', async () => {
  const { folder, inside } = await openFolder(10)
  folder.files.write('grown.txt', '1')
  await folder.settled()
  await node.writeFile(join(inside, 'small.txt'), '12345')
  expect(await folder.pull()).toEqual({ isChanged: true, noRoom: [] })
  await node.writeFile(join(inside, 'grown.txt'), 'x'.repeat(11))
  await node.writeFile(join(inside, 'large.txt'), 'x'.repeat(11))
  expect(await folder.pull()).toEqual({ isChanged: true, noRoom: ['grown.txt', 'large.txt'] })
  expect(await folder.pull()).toEqual({ isChanged: false, noRoom: ['grown.txt', 'large.txt'] })
  expect(folder.files.list()).toEqual(['grown.txt', 'small.txt'])
  folder.files.write('grown.txt', '2')
  expect(folder.noRoom()).toEqual(['large.txt'])
  await node.rm(join(inside, 'large.txt'))
  expect(await folder.pull()).toEqual({ isChanged: true, noRoom: [] })
})

test('what vanishes while it is looked at is not there', async () => {
  const vanishing = /gone(\.txt|\/)$/
  const { folder, inside } = await openFolder(1_000, async (path) => {
    if (vanishing.test(path)) await node.rm(path, { recursive: true })
  })
  await folder.settled()
  await node.mkdir(join(inside, 'gone'))
  for (const path of ['gone/in.txt', 'gone.txt', 'kept.txt']) await node.writeFile(join(inside, path), '1')
  await folder.pull()
  expect(folder.files.list()).toEqual(['kept.txt'])
})

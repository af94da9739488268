import { expect, test } from 'vitest'
import { maxAttachmentBytes, maxAttachments } from '#shared/chat/limits.ts'
import { WorkspaceId } from '#shared/kernel/ids.ts'
import { chosenFiles, removeFile } from './chosen-files.ts'
import { giveFiles } from './give-files.ts'

const newPlace = () => WorkspaceId.parse(crypto.randomUUID())
const some = (count: number) => Array.from({ length: count }, (_, index) => new File(['ebb'], `${index}.md`))

test('files given one after another before anything is drawn of the first do not pass the limit', () => {
  const place = newPlace()
  expect(giveFiles(place, some(maxAttachments - 1))).toHaveLength(maxAttachments - 1)
  expect(giveFiles(place, some(3))).toHaveLength(1)
  const phases = chosenFiles(place).map(({ phase }) => phase)
  expect(phases.filter((phase) => phase === 'sending')).toHaveLength(maxAttachments)
  expect(phases.slice(maxAttachments)).toEqual(['refused', 'refused'])
})

test('what was removed makes room', () => {
  const place = newPlace()
  giveFiles(place, some(maxAttachments))
  for (const file of chosenFiles(place).slice(0, 2)) removeFile(place, file)
  expect(giveFiles(place, some(2))).toHaveLength(2)
})

test('a file that is empty or too large says so and is not sent', () => {
  const place = newPlace()
  const large = new File([new Uint8Array(maxAttachmentBytes + 1)], 'large.bin')
  const [given] = giveFiles(place, [new File([], 'empty.md'), large, ...some(1)])
  expect(given?.given.name).toBe('0.md')
  expect(chosenFiles(place)).toMatchObject([
    { name: 'empty.md', phase: 'refused', reason: 'It is empty.' },
    { name: 'large.bin', phase: 'refused', reason: 'It is larger than 4 MB.' },
    { name: '0.md', phase: 'sending' },
  ])
})

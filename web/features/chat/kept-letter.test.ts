import { beforeEach, expect, test, vi } from 'vitest'
import { WorkspaceId } from '#shared/kernel/ids.ts'
import type { KeptFile } from './chosen-files.ts'
import type { Letter } from './letter.ts'

const place = WorkspaceId.parse('01a1ff23-be32-702f-83b6-814b1baf12ae')
const words = { conversationId: null, text: 'Count the ships', attachmentIds: [] }
const map: KeptFile = {
  ...{ key: 'first', name: 'map.md', bytes: 12 },
  ...{ phase: 'kept', id: 'map', missing: null, isMasked: false },
}

beforeEach(() => {
  const entries = new Map<string, string>()
  const localStorage = {
    getItem: (name: string) => entries.get(name) ?? null,
    setItem: (name: string, value: string) => void entries.set(name, value),
    removeItem: (name: string) => void entries.delete(name),
  }
  vi.stubGlobal('window', { localStorage })
  return () => vi.unstubAllGlobals()
})

/** The page after it was loaded anew, in which somebody has signed in. What it sends is not answered before the test says so. */
async function load(person = 'ada') {
  vi.resetModules()
  const [post, kept, chosen, kernel] = await Promise.all([
    import('./post.ts'),
    import('./kept-letter.ts'),
    import('./chosen-files.ts'),
    import('../../kernel/person.ts'),
  ])
  kernel.hearPerson(person)
  const sent: Letter[] = []
  const { promise: answer, resolve: arrive, reject } = Promise.withResolvers<void>()
  const send = (said: Parameters<typeof post.postWords>[1]) =>
    post.postWords(place, said, (letter) => {
      sent.push(letter)
      return answer
    })
  return { ...kept, ...chosen, send, sent, arrive, lose: () => reject(new Error('lost')) }
}

test('words whose answer the page did not live to hear are sent again under the same key to the same conversation', async () => {
  const before = await load()
  void before.send(words)
  const [first] = before.sent
  const again = await load()
  void again.send(words)
  expect(again.sent).toEqual([first])
  // Where the server has heard them, the page knows by now which conversation they began.
  const known = await load()
  void known.send({ ...words, conversationId: first?.conversationId ?? '' })
  expect(known.sent).toEqual([first])
})

test('words that came back keep their key over a reload', async () => {
  const before = await load()
  const sending = before.send(words)
  before.lose()
  await sending
  const again = await load()
  void again.send(words)
  expect(again.sent).toEqual(before.sent)
})

test('edited words, words of another person and words said once more after they arrived are sent under a key of their own', async () => {
  const before = await load()
  void before.send(words)
  const stranger = await load('grace')
  void stranger.send(words)
  const edited = await load()
  const sending = edited.send({ ...words, text: 'Count the boats' })
  edited.arrive()
  await sending
  const later = await load()
  void later.send({ ...words, text: 'Count the boats' })
  const letters = [before, stranger, edited, later].flatMap(({ sent }) => sent)
  expect(new Set(letters.map(({ key }) => key)).size).toBe(4)
})

test('words whose box was emptied since are said for the first time', async () => {
  const before = await load()
  void before.send(words)
  const after = await load()
  after.forgetLetter(place)
  void after.send(words)
  expect(after.sent[0]?.key).not.toBe(before.sent[0]?.key)
})

test('files on their way stand beside their words again after a reload, and go with them as the same letter', async () => {
  const before = await load()
  before.addFiles(place, [map])
  void before.send({ ...words, attachmentIds: ['map'] })
  const other = await load()
  other.bringBackFiles(place, 'Count the boats')
  expect(other.chosenFiles(place)).toEqual([])
  const again = await load()
  again.bringBackFiles(place, ' Count the ships ')
  again.bringBackFiles(place, 'Count the ships')
  expect(again.chosenFiles(place)).toEqual([map])
  void again.send({ ...words, attachmentIds: ['map'] })
  expect(again.sent).toEqual(before.sent)
})

test('a file that was taken away does not come back, and what is said without it is something else', async () => {
  const before = await load()
  before.addFiles(place, [map])
  void before.send({ ...words, attachmentIds: ['map'] })
  const after = await load()
  after.forgetLetterWith(place, { ...map, id: 'another' })
  expect(after.readLetter(place)).toEqual(before.sent[0])
  after.forgetLetterWith(place, map)
  after.bringBackFiles(place, 'Count the ships')
  expect(after.chosenFiles(place)).toEqual([])
  void after.send(words)
  expect(after.sent[0]?.key).not.toBe(before.sent[0]?.key)
})

test('what stands in its place and is no letter is none', async () => {
  const page = await load()
  for (const broken of ['{', '{}', '{"key":"a","conversationId":"b","text":"Count the ships","files":[{}]}', 'null']) {
    window.localStorage.setItem(`delegraph.of.ada.chat-letter.${place}`, broken)
    expect(page.readLetter(place)).toBeUndefined()
  }
})

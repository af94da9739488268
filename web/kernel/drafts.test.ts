import { beforeEach, expect, test, vi } from 'vitest'
import type { DraftPlace } from './drafts.ts'

const place: DraftPlace = { key: 'org.workspace.notes.md', page: 'first' }
const typed = { root: 1, update: 'AAA=', text: 'Ada typed this', baseVersion: 3 }
let entries: Map<string, string>

beforeEach(() => {
  entries = new Map()
  const localStorage = {
    get length() {
      return entries.size
    },
    key: (index: number) => [...entries.keys()][index] ?? null,
    getItem: (name: string) => entries.get(name) ?? null,
    setItem: (name: string, value: string) => void entries.set(name, value),
    removeItem: (name: string) => void entries.delete(name),
  }
  vi.stubGlobal('window', { localStorage })
  return () => vi.unstubAllGlobals()
})

/** A page of the same browser after a reload, in which somebody has signed in. */
async function pageOf(person: string | null) {
  vi.resetModules()
  const [drafts, own, kernel] = await Promise.all([
    import('./drafts.ts'),
    import('./own-words.ts'),
    import('./person.ts'),
  ])
  kernel.hearPerson(person)
  return { ...drafts, ...own }
}

const asText = (value: unknown) => (typeof value === 'string' ? value : undefined)

test('what one person typed is found by that person after a reload, and by nobody else of the same browser', async () => {
  const ada = await pageOf('ada')
  expect(ada.writeDraft(place, typed)).toBe(true)
  ada.writeOwn('chat.writer', 'words not sent')
  const grace = await pageOf('grace')
  expect(grace.readDrafts(place.key)).toEqual([])
  expect(grace.readUnowned(place.key)).toEqual([])
  expect(grace.readOwn('chat.writer', asText, '')).toBe('')
  grace.dropOwnDraft(place)
  grace.dropOwn('chat.writer')
  const again = await pageOf('ada')
  expect(again.readDrafts(place.key)).toMatchObject([{ page: 'first', draft: typed }])
  expect(again.readOwn('chat.writer', asText, '')).toBe('words not sent')
})

test('before anybody is known nothing is kept, and it is said so', async () => {
  const page = await pageOf(null)
  expect(page.writeDraft(place, typed)).toBe(false)
  expect(page.readDrafts(place.key)).toEqual([])
  expect(entries.size).toBe(0)
})

test('texts of the time when they were kept by file are nobody’s: found apart, until they are dropped', async () => {
  entries.set('delegraph.typed.org.workspace.notes.md.page', JSON.stringify({ ...typed, writtenAt: 2 }))
  entries.set('delegraph.draft.org.workspace.notes.md', JSON.stringify({ ...typed, text: 'older', writtenAt: 1 }))
  entries.set('delegraph.typed.org.workspace.notes.md.bak.page', JSON.stringify({ ...typed, writtenAt: 3 }))
  const ada = await pageOf('ada')
  expect(ada.readDrafts(place.key)).toEqual([])
  const found = ada.readUnowned(place.key)
  expect(found.map(({ draft }) => draft.text)).toEqual(['older', 'Ada typed this'])
  for (const one of found) ada.dropDraft(one)
  expect([...entries.keys()]).toEqual(['delegraph.typed.org.workspace.notes.md.bak.page'])
})

test('small words of that time go to the first who looks, and to nobody after', async () => {
  entries.set('delegraph.chat.writer', JSON.stringify('left behind'))
  expect((await pageOf('ada')).readOwn('chat.writer', asText, '')).toBe('left behind')
  expect((await pageOf('grace')).readOwn('chat.writer', asText, '')).toBe('')
  expect((await pageOf('ada')).readOwn('chat.writer', asText, '')).toBe('left behind')
})

test('a page in which somebody else has signed in begins anew', async () => {
  const reload = vi.fn()
  vi.stubGlobal('window', { location: { reload } })
  vi.resetModules()
  const { hearPerson, person } = await import('./person.ts')
  hearPerson('ada')
  hearPerson(null)
  hearPerson('ada')
  expect(reload).not.toHaveBeenCalled()
  hearPerson('grace')
  expect(reload).toHaveBeenCalledOnce()
  expect(person()).toBe('ada')
})

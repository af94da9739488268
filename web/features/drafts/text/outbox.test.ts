import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { readDrafts } from '../../../kernel/drafts.ts'
import { hearPerson } from '../../../kernel/person.ts'
import { fromBase64 } from './base64.ts'
import { createOutbox } from './outbox.ts'

const key = 'org.workspace.notes.md'

beforeEach(() => {
  hearPerson('ada')
  vi.useFakeTimers()
  const entries = new Map<string, string>()
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
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** How the server answers: it takes the update and says so, takes it and the answer is lost, is away, or has something against it. */
type Answer = 'taken' | 'lost' | 'away' | 'anew'

function typing(answers: Answer[]) {
  const doc = new Y.Doc()
  const server = new Y.Doc()
  const text = doc.getText('text')
  let isAnew = false
  const outbox = createOutbox({
    place: { key, page: 'this' },
    async send(update) {
      const answer = answers.shift() ?? 'taken'
      if (answer === 'anew') throw refusal('conflict', 'root')
      if (answer === 'taken' || answer === 'lost') Y.applyUpdate(server, update)
      if (answer !== 'taken') throw new TypeError('Failed to fetch')
    },
    whole: () => ({ root: 1, text: text.toString(), baseVersion: 1 }),
    length: () => text.length,
    pushAfterMs: () => 120,
    mayPush: () => true,
    onChange: () => {},
    onAnew: () => {
      isAnew = true
    },
  })
  doc.on('update', (update: Uint8Array) => outbox.add(update))
  return {
    outbox,
    type: (words: string) => text.insert(text.length, words),
    onServer: () => server.getText('text').toString(),
    /** What another page finds in this browser, on top of what the server has. */
    afterCrash: () => {
      const found = new Y.Doc()
      Y.applyUpdate(found, Y.encodeStateAsUpdate(server))
      for (const { draft } of readDrafts(key)) Y.applyUpdate(found, fromBase64(draft.update))
      return found.getText('text').toString()
    },
    isAnew: () => isAnew,
  }
}

function refusal(code: string, field: string): Error {
  return Object.assign(new Error(code), { data: { appError: { code, field, message: 'No.' } } })
}

test('every key is in this browser at once, and forgotten there when the server has it', async () => {
  const { outbox, type, afterCrash, onServer } = typing([])
  type('a')
  expect(afterCrash()).toBe('a')
  expect(outbox.keeping()).toBe('here')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(onServer()).toBe('a')
  expect(outbox.keeping()).toBe('server')
  expect(readDrafts(key)).toEqual([])
})

test('nothing is lost or doubled where answers are lost and the server is away for a while, whenever the page crashes', async () => {
  const { outbox, type, afterCrash, onServer } = typing(['lost', 'away', 'away', 'lost', 'taken', 'away'])
  let typed = ''
  for (const words of ['one ', 'two ', 'three ', 'four ']) {
    type(words)
    typed += words
    expect(afterCrash()).toBe(typed)
    await vi.advanceTimersByTimeAsync(150)
    expect(afterCrash()).toBe(typed)
  }
  expect(outbox.keeping()).toBe('offline')
  await vi.advanceTimersByTimeAsync(30_000)
  expect(onServer()).toBe(typed)
  expect(outbox.isEmpty()).toBe(true)
  expect(readDrafts(key)).toEqual([])
})

test('a document that began anew is told once, and what was typed stays here until it went over', async () => {
  const { outbox, type, isAnew, afterCrash } = typing(['anew'])
  type('kept')
  await vi.advanceTimersByTimeAsync(500)
  expect(isAnew()).toBe(true)
  expect(outbox.isEmpty()).toBe(false)
  expect(afterCrash()).toBe('kept')
})

test('what goes along with a save comes back when the save is refused', async () => {
  const { outbox, type, afterCrash } = typing(['away'])
  type('typed')
  await outbox.takeAlong()
  outbox.takeBack()
  expect(afterCrash()).toBe('typed')
  expect(outbox.isEmpty()).toBe(false)
  await outbox.takeAlong()
  outbox.arrived()
  expect(outbox.isEmpty()).toBe(true)
})

test('a long text is in this browser a moment after the key, or at once when the page ends', async () => {
  const { outbox, type, afterCrash } = typing(['away', 'away', 'away'])
  const long = 'word '.repeat(5_000)
  type(long)
  expect(afterCrash()).toBe('')
  await vi.advanceTimersByTimeAsync(1)
  expect(afterCrash()).toBe(long)
  type('a')
  type('b')
  outbox.keepDue()
  expect(afterCrash()).toBe(`${long}ab`)
})

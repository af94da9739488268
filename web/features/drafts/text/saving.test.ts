import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import type { SavedDraft } from '#shared/drafts/contract.ts'
import { seedDoc, textOf } from '#shared/drafts/text-doc.ts'
import { FileId } from '#shared/kernel/ids.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { createSaving } from './saving.ts'
import type { LeftText } from './text-state.ts'
import { createTextStore } from './text-store.ts'

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('window', { localStorage: { length: 0, getItem: () => null, setItem: () => {}, removeItem: () => {} } })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

type Asked = { root: number; answer: (saved: SavedDraft) => void; refuse: (error: unknown) => void }

/** A text whose pushes and saves are answered by the test, and whose document another may take the place of. */
function editing() {
  let root = 0
  let pulls = 0
  const pushes: (() => void)[] = []
  const saves: Asked[] = []
  const store = createTextStore(() => outbox)
  const outbox: Outbox = createOutbox({
    place: { key: 'org.workspace.notes.md', page: 'this' },
    send: () => new Promise<void>((arrive) => pushes.push(arrive)),
    whole: () => undefined,
    length: () => 0,
    pushAfterMs: () => 100,
    mayPush: () => store.open()?.isSaving === false,
    onChange: store.kept,
    onAnew: () => {},
  })
  const save = createSaving({
    ...{ store, outbox, rootNow: () => root },
    send: ({ root }) => new Promise((answer, refuse) => saves.push({ root, answer, refuse })),
    heardSeq: () => {},
    pull: () => {
      pulls += 1
    },
    renew: () => {},
  })
  const begin = (version: number, words: string, left?: LeftText) => {
    outbox.startAnew()
    root = version
    const doc = seedDoc(words)
    const text = textOf(doc)
    store.begin({
      ...{
        phase: 'open',
        open: { doc, text, undo: new Y.UndoManager(text) },
        base: { version, text: words },
        text: words,
      },
      ...{ theirs: null, waiting: null, merged: undefined, left, keeping: 'server', stuck: undefined },
      ...{ problem: undefined, isSaving: false },
    })
    doc.on('update', (update: Uint8Array) => outbox.add(update))
    store.changed()
  }
  const type = (words: string) => store.open()?.open.text.insert(0, words)
  return { store, outbox, pushes, saves, save, begin, type, pulls: () => pulls }
}

function saved(version: number, root: number): SavedDraft {
  const file = {
    ...{ id: FileId.parse(crypto.randomUUID()), path: 'notes.md', version, bytes: 4 },
    ...{ savedAt: '2031-05-04T10:00:00.000Z', savedBy: 'Ada' },
  }
  return { file, text: 'one\n', root, seq: 1 }
}

test('what a save answers says nothing of a document that took its place meanwhile', async () => {
  const { store, outbox, saves, save, begin, type, pulls } = editing()
  begin(1, 'one\n')
  type('Mine. ')
  const saving = save()
  await vi.waitUntil(() => saves.length === 1)
  begin(5, 'one\ntwo\n')
  type('Since. ')
  const typed = await outbox.takeAlong()
  saves[0]?.answer(saved(2, 1))
  expect((await saving)?.file.version).toBe(2)
  expect([store.open()?.base.version, store.open()?.isSaving, pulls()]).toEqual([5, false, 1])
  expect([typed !== undefined, outbox.isEmpty()]).toEqual([true, false])
})

test('a save that fails takes nothing back into a document that took its place, and says why', async () => {
  const { store, saves, save, begin } = editing()
  begin(1, 'one\n')
  const saving = save()
  await vi.waitUntil(() => saves.length === 1)
  begin(5, 'one\ntwo\n')
  saves[0]?.refuse(new TypeError('Failed to fetch'))
  expect(await saving).toBeUndefined()
  expect(store.open()).toMatchObject({ isSaving: false, problem: { code: 'offline' } })
})

test('saves the document that took its place before anything was sent, once', async () => {
  const { pushes, saves, save, begin, type } = editing()
  begin(1, 'one\n')
  type('Mine. ')
  await vi.advanceTimersByTimeAsync(100)
  const saving = save()
  begin(5, 'one\ntwo\n')
  type('Mine. ')
  pushes[0]?.()
  await vi.waitUntil(() => saves.length === 1)
  expect(await save()).toBeUndefined()
  saves[0]?.answer(saved(6, 5))
  expect((await saving)?.file.version).toBe(6)
  expect(saves.map(({ root }) => root)).toEqual([5])
})

test('saves nothing where what was typed did not come over by itself: the person decides first', async () => {
  const { pushes, saves, save, begin, type } = editing()
  begin(1, 'one\n')
  type('Mine. ')
  await vi.advanceTimersByTimeAsync(100)
  const saving = save()
  begin(5, 'other\n', { text: 'Mine. one\n', baseVersion: 1, writtenAt: 0, drop: () => {} })
  pushes[0]?.()
  expect(await saving).toBeUndefined()
  expect(saves).toEqual([])
})

test('a save refused because the document began anew meanwhile saves what came over', async () => {
  const { saves, save, begin, type } = editing()
  begin(1, 'one\n')
  type('Mine. ')
  const saving = save()
  await vi.waitUntil(() => saves.length === 1)
  begin(5, 'one\ntwo\n')
  type('Mine. ')
  const anew = { data: { appError: { code: 'conflict', field: 'root', message: 'It began anew.' } } }
  saves[0]?.refuse(Object.assign(new Error('conflict'), anew))
  await vi.waitUntil(() => saves.length === 2)
  saves[1]?.answer(saved(6, 5))
  expect((await saving)?.file.version).toBe(6)
  expect(saves.map(({ root }) => root)).toEqual([1, 5])
})

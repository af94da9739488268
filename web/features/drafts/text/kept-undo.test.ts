import fc from 'fast-check'
import { beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { replaceText, seedDoc, textOf } from '#shared/drafts/text-doc.ts'
import { hearPerson } from '../../../kernel/person.ts'
import { keepUndo, keptState, readKeptUndo, restoreUndo } from './kept-undo.ts'

const typed = Symbol('typed')

beforeEach(() => {
  hearPerson('ada')
  const entries = new Map<string, string>()
  const sessionStorage = {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
    removeItem: (key: string) => void entries.delete(key),
  }
  vi.stubGlobal('window', { sessionStorage })
})

function open(doc: Y.Doc) {
  const text = textOf(doc)
  const undo = new Y.UndoManager(text, { trackedOrigins: new Set([typed]), captureTimeout: 0 })
  return { doc, text, undo }
}

type Page = ReturnType<typeof open>

/** As a reload does: all that is left is the tab's storage and what the server has, which forgot what was deleted. */
function reload({ doc, undo }: Page): Page {
  keepUndo('file', 1, doc, undo)
  const server = new Y.Doc()
  Y.applyUpdate(server, Y.encodeStateAsUpdate(doc))
  const fresh = seedDoc('one two three')
  const kept = readKeptUndo('file', 1)
  if (kept) Y.applyUpdate(fresh, keptState(kept))
  Y.applyUpdate(fresh, Y.encodeStateAsUpdate(server))
  const page = open(fresh)
  if (kept) restoreUndo(kept, fresh, page.undo)
  return page
}

function write({ text }: Page, next: string): void {
  replaceText(text, next, typed)
}

test('what was typed and deleted before a reload is undone after it, and done again', () => {
  let page = open(seedDoc('one two three'))
  write(page, 'one three')
  write(page, 'one three four')
  page = reload(page)
  page.undo.undo()
  expect(page.text.toString()).toBe('one three')
  page.undo.undo()
  expect(page.text.toString()).toBe('one two three')
  page = reload(page)
  page.undo.redo()
  page.undo.redo()
  expect(page.text.toString()).toBe('one three four')
})

test('a reload anywhere between typing, undoing and doing again makes no difference', () => {
  const step = fc.oneof(
    fc.record({ at: fc.nat(20), cut: fc.nat(4), put: fc.string({ maxLength: 3, unit: 'grapheme-ascii' }) }),
    fc.constantFrom('undo' as const, 'redo' as const),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(step, fc.boolean()), { maxLength: 16 }), (steps) => {
      let reloaded = open(seedDoc('one two three'))
      const steady = open(seedDoc('one two three'))
      for (const [one, isReloaded] of steps) {
        for (const page of [reloaded, steady]) {
          if (one === 'undo') page.undo.undo()
          else if (one === 'redo') page.undo.redo()
          else {
            const now = page.text.toString()
            write(page, now.slice(0, one.at) + one.put + now.slice(one.at + one.cut))
          }
        }
        if (isReloaded) reloaded = reload(reloaded)
        expect(reloaded.text.toString()).toBe(steady.text.toString())
      }
    }),
    { numRuns: 30 },
  )
})

test('of another document nothing is taken', () => {
  const page = open(seedDoc('one two three'))
  write(page, 'one')
  keepUndo('file', 1, page.doc, page.undo)
  expect(readKeptUndo('file', 2)).toBeUndefined()
  expect(readKeptUndo('other', 1)).toBeUndefined()
})

import * as Y from 'yjs'
import { mergeTexts } from '#shared/drafts/merge-texts.ts'
import { replaceText, textOf, withPlainEnds } from '#shared/drafts/text-doc.ts'
import { dropDraft, type FoundDraft, readDrafts, readUnowned } from '../../../kernel/drafts.ts'
import { fromBase64 } from './base64.ts'
import { applyEdits, byPerson, fromServer } from './open-doc.ts'
import type { Outbox } from './outbox.ts'
import type { TextStore } from './text-store.ts'

export type LeftBehindParts = {
  /** Under which the drafts of this text stand in this browser. */
  key: string
  store: TextStore
  outbox: Pick<Outbox, 'inherit'>
  /** A version of the file; the newest where none is named. */
  readVersion: (version: number | undefined) => Promise<string>
}

/** What was typed over another document and is in none yet: taken over by itself where that goes, else offered to the person. */
export function createLeftBehind({ key, store, outbox, readVersion }: LeftBehindParts) {
  /** Typed in this browser by nobody knows whom: shown, and sent only when the person takes it. */
  function offerUnowned(doc: Y.Doc): void {
    const now = textOf(doc).toString()
    for (const found of readUnowned(key)) {
      const drop = () => dropDraft(found)
      if (withPlainEnds(found.draft.text) === now) drop()
      else store.change({ left: { ...found.draft, isUnowned: true, drop } })
    }
  }

  /** Typed over a document that is no more. */
  async function bringBack(found: FoundDraft): Promise<void> {
    const { draft } = found
    const drop = () => dropDraft(found)
    try {
      const text = await readVersion(draft.baseVersion > 0 ? draft.baseVersion : undefined)
      carryOver(draft, withPlainEnds(text), drop)
    } catch {
      store.change({ left: { ...draft, drop } })
    }
  }

  /** By whole lines where that goes by itself; else it is shown to the person. */
  function carryOver(typed: { text: string; baseVersion: number }, baseText: string, drop = () => {}): void {
    const state = store.open()
    if (!state) return
    const merge = mergeTexts(baseText, state.open.text.toString(), withPlainEnds(typed.text))
    if (merge.kind === 'conflict') store.change({ left: { ...typed, writtenAt: Date.now(), drop } })
    else {
      applyEdits(state.open, merge.edits)
      drop()
    }
  }

  function drop(): void {
    const state = store.open()
    if (!state) return
    state.left?.drop()
    store.change({ left: undefined })
  }

  return {
    /** What this page or another of this browser typed into this document, or one before, and could not send. */
    takeInherited(doc: Y.Doc, root: number): void {
      for (const found of readDrafts(key)) {
        if (found.draft.root === root) {
          const update = fromBase64(found.draft.update)
          Y.applyUpdate(doc, update, fromServer)
          outbox.inherit(found, update)
        } else void bringBack(found)
      }
      offerUnowned(doc)
    },
    carryOver,
    /** In place of the text. */
    take(): void {
      const state = store.open()
      if (state?.left) replaceText(state.open.text, state.left.text, byPerson)
      drop()
    },
    drop,
  }
}

import * as Y from 'yjs'
import type { SharedDraft } from '#shared/drafts/contract.ts'
import type { TextEdit } from '#shared/drafts/merge-texts.ts'
import { seedDoc, textOf } from '#shared/drafts/text-doc.ts'
import { fromBase64 } from './base64.ts'
import { keptState, type readKeptUndo, restoreUndo } from './kept-undo.ts'
import type { OpenDoc } from './text-state.ts'

/** What is known elsewhere already, so that it is not sent again. */
export const fromServer = Symbol('from the server')
/** What a person does to the text by other means than typing; it can be undone as typing can. */
export const byPerson = Symbol('by the person')

const undoneTogetherMs = 500

/** The document as the server has it, with what this tab can still undo in it. */
export function openDoc({ root, update }: SharedDraft, kept: ReturnType<typeof readKeptUndo>): OpenDoc {
  const doc = seedDoc(root.text)
  // First what this tab had, for of what was deleted the server keeps no words.
  if (kept) Y.applyUpdate(doc, keptState(kept), fromServer)
  if (update !== '') Y.applyUpdate(doc, fromBase64(update), fromServer)
  const text = textOf(doc)
  const undo = new Y.UndoManager(text, { trackedOrigins: new Set([byPerson]), captureTimeout: undoneTogetherMs })
  if (kept) restoreUndo(kept, doc, undo)
  return { doc, text, undo }
}

/** Edits come last one first. */
export function applyEdits({ doc, text }: OpenDoc, edits: readonly TextEdit[]): void {
  if (edits.length === 0) return
  doc.transact(() => {
    for (const { start, end, text: put } of edits) {
      text.delete(start, end - start)
      if (put !== '') text.insert(start, put)
    }
  }, byPerson)
}

import type * as Y from 'yjs'
import type { SharedDraft } from '#shared/drafts/contract.ts'
import type { Problem } from '../../../kernel/app-error.ts'

/** Where the text that is not saved is kept, as far as is known. */
export type Keeping =
  /** On the server: also another browser has it. */
  | 'server'
  /** In this browser, on its way to the server. */
  | 'here'
  /** In this browser; the server does not answer. */
  | 'offline'
  /** In this browser; somebody has to sign in again. */
  | 'signed-out'
  /** In this browser; the server does not take it, for a reason. */
  | 'refused'
  /** Nowhere: this browser keeps nothing and the server has not all of it. */
  | 'nowhere'

/** A text of before that fits nowhere by itself any more, or of which nobody knows who typed it: a person decides. */
export type LeftText = {
  text: string
  baseVersion: number
  writtenAt: number
  isUnowned?: boolean
  drop: () => void
}

/** The document while it is the same one; a new one when the shared text began anew. */
export type OpenDoc = { doc: Y.Doc; text: Y.Text; undo: Y.UndoManager }

/** One file as this page has it, shared with all who have it open. */
export type TextState =
  | { phase: 'loading' }
  | { phase: 'problem'; problem: Problem }
  | {
      phase: 'open'
      open: OpenDoc
      text: string
      /** Line ends are LF. */
      base: { version: number; text: string }
      keeping: Keeping
      /** Why what is typed is not on the server. */
      stuck: Problem | undefined
      /** Why it could not be saved. */
      problem: Problem | undefined
      isSaving: boolean
      /** Saved from outside in the same lines: a person must decide before this text is saved. */
      waiting: SharedDraft['theirs']
      /** The same, shown beside what was typed. */
      theirs: SharedDraft['theirs']
      /** A version from outside that was taken into the unsaved text just now. */
      merged: { version: number; by: string } | undefined
      left: LeftText | undefined
    }

export type OpenTextState = Extract<TextState, { phase: 'open' }>

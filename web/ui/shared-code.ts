import type * as Y from 'yjs'

/** Somebody else's place in the text, as Yjs encodes relative positions: it stays true while the text changes. */
export type CodeCursor = { id: string; name: string; color: number; anchor: Uint8Array; head: Uint8Array }

/** A text that several people write at once: the editor writes into it and follows it, instead of `value`. */
export type SharedCode = {
  text: Y.Text
  /** Of this person alone; the editor undoes with it. */
  undo: Y.UndoManager
  cursors: {
    /** A new list whenever one of them changed. */
    now: () => readonly CodeCursor[]
    subscribe: (listener: () => void) => () => void
    /** Tells where this person is. */
    move: (cursor: Pick<CodeCursor, 'anchor' | 'head'>) => void
  }
}

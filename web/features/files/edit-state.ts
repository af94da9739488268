import type { SaveConflict } from '#shared/files/contract.ts'

/** A text as it was saved: version 0 is a file that is not saved yet. */
export type Saved = { version: number; text: string }

/** One open file in one tab: what it started from, what the person sees, and what stands in the way of saving. */
export type EditState = {
  /** False until the saved text has come. */
  isOpen: boolean
  base: Saved
  text: string
  /** Saved by somebody else while this text was being edited. */
  theirs: SaveConflict['theirs'] | null
}

export type EditAction =
  | { type: 'loaded'; saved: Saved; draft: { text: string; baseVersion: number } | undefined }
  | { type: 'typed'; text: string }
  | { type: 'saved'; saved: Saved }
  | { type: 'heard'; saved: Saved }
  | { type: 'conflicted'; conflict: SaveConflict }
  | { type: 'took-theirs' }
  | { type: 'kept-mine' }
  | { type: 'postponed' }

export const nothingOpen: EditState = { isOpen: false, base: { version: 0, text: '' }, text: '', theirs: null }

export function isDirty(state: EditState): boolean {
  return state.text !== state.base.text
}

/** Text a person typed is never replaced: only a clean editor follows what others save. */
export function edit(state: EditState, action: EditAction): EditState {
  switch (action.type) {
    case 'loaded': {
      const { saved, draft } = action
      if (!draft || draft.text === saved.text) return { isOpen: true, base: saved, text: saved.text, theirs: null }
      // The draft began from an older version: keep that number, so that saving meets the conflict instead of hiding it.
      const base = draft.baseVersion === saved.version ? saved : { version: draft.baseVersion, text: saved.text }
      return { isOpen: true, base, text: draft.text, theirs: null }
    }
    case 'typed':
      return { ...state, text: action.text }
    case 'saved':
      return { ...state, base: action.saved, theirs: null }
    case 'heard':
      if (action.saved.version <= state.base.version || isDirty(state)) return state
      return { ...state, base: action.saved, text: action.saved.text, theirs: null }
    case 'conflicted':
      return { ...state, theirs: action.conflict.theirs }
    case 'took-theirs':
      return state.theirs ? { ...state, base: state.theirs, text: state.theirs.text, theirs: null } : state
    case 'kept-mine':
      return state.theirs ? { ...state, base: state.theirs, theirs: null } : state
    case 'postponed':
      return { ...state, theirs: null }
    default:
      return action satisfies never
  }
}

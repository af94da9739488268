import type { Aside } from '#shared/drafts/asides.ts'
import type { FileId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { StreamState } from '../../kernel/live.ts'
import { presence } from './presence/presence-store.ts'

type DraftAside = Extract<Aside, { kind: 'draft' }>

/** Typed in this page and in no version: not saved, or not even on the server. */
export type Held = 'unsaved' | 'unsent'

type FilePlace = { workspaceId: WorkspaceId; path: string }

/** An open text, as far as the stream is concerned. */
export type TextListener = {
  hearDraft: (aside: DraftAside) => void
  /** A version was saved, or the file deleted. */
  hearSaved: (payload: FilePlace) => void
  /** What it holds of the file at that place; undefined where it is the text of another, or holds nothing. */
  held: (place: FilePlace) => Held | undefined
  /** The connection is there, maybe again: something may have been missed. */
  hearLive: () => void
}

const texts = new Set<TextListener>()

/** Until the function given back is called. Kept apart from the texts themselves, which come with the editor. */
export function listenForText(listener: TextListener): () => void {
  texts.add(listener)
  return () => texts.delete(listener)
}

export function hearAside(aside: Aside): void {
  if (aside.kind !== 'draft') presence.hear(aside)
  else for (const text of texts) text.hearDraft(aside)
}

export function hearSaved(payload: FilePlace & { fileId: FileId }): void {
  for (const text of texts) text.hearSaved(payload)
}

/** What would be lost with the text of a file that is open in this page, or was a moment ago. */
export function heldHere(place: FilePlace): Held | undefined {
  for (const text of texts) {
    const held = text.held(place)
    if (held) return held
  }
  return undefined
}

export function hearStream(state: StreamState): void {
  if (state === 'live') for (const text of texts) text.hearLive()
}

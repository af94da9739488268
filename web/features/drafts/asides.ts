import type { Aside } from '#shared/drafts/asides.ts'
import type { FileId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { StreamState } from '../../kernel/live.ts'
import { presence } from './presence/presence-store.ts'

type DraftAside = Extract<Aside, { kind: 'draft' }>

/** An open text, as far as the stream is concerned. */
export type TextListener = {
  hearDraft: (aside: DraftAside) => void
  /** A version was saved, or the file deleted. */
  hearSaved: (payload: { workspaceId: WorkspaceId; path: string }) => void
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

export function hearSaved(payload: { workspaceId: WorkspaceId; path: string; fileId: FileId }): void {
  for (const text of texts) text.hearSaved(payload)
}

export function hearStream(state: StreamState): void {
  if (state === 'live') for (const text of texts) text.hearLive()
}

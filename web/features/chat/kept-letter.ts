import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { dropOwn, readOwn, writeOwn } from '../../kernel/own-words.ts'
import type { Parse } from '../../kernel/storage.ts'
import { addFiles, chosenFiles, type KeptFile } from './chosen-files.ts'
import type { Letter } from './letter.ts'

// Beside the unsent words, until they are known to have arrived: the page after a reload sends them under the same key.
type KeptLetter = Omit<Letter, 'attachmentIds'> & { files: readonly KeptFile[] }

export function keepLetter(workspaceId: WorkspaceId, { attachmentIds, ...letter }: Letter): void {
  const files = chosenFiles(workspaceId).filter((file) => file.phase === 'kept')
  const given = attachmentIds.flatMap((id) => files.find((file) => file.id === id) ?? [])
  writeOwn(nameOf(workspaceId), { ...letter, files: given } satisfies KeptLetter)
}

/** The letter that was kept last. */
export function readLetter(workspaceId: WorkspaceId): Letter | undefined {
  const kept = read(workspaceId)
  if (!kept) return undefined
  const { files, ...letter } = kept
  return { ...letter, attachmentIds: files.map(({ id }) => id) }
}

/** Whoever says the same from now on says it again. */
export function forgetLetter(workspaceId: WorkspaceId): void {
  dropOwn(nameOf(workspaceId))
}

/** Forgets a letter that arrived, and none that was kept since. */
export function forgetArrived(workspaceId: WorkspaceId, { key }: Letter): void {
  if (read(workspaceId)?.key === key) forgetLetter(workspaceId)
}

/** Forgets a letter that this file was given with: without it the words are others. */
export function forgetLetterWith(workspaceId: WorkspaceId, { id }: KeptFile): void {
  if (read(workspaceId)?.files.some((file) => file.id === id)) forgetLetter(workspaceId)
}

/** Puts the files of the letter beside its words again, where those stand unsent and without any. */
export function bringBackFiles(workspaceId: WorkspaceId, unsentText: string): void {
  const { files } = readWhere(workspaceId, unsentText) ?? { files: [] }
  if (files.length > 0 && chosenFiles(workspaceId).length === 0) addFiles(workspaceId, files)
}

/** The conversation that words were on their way to which stand unsent now. */
export function conversationLeft(workspaceId: WorkspaceId, unsentText: string): string | undefined {
  return readWhere(workspaceId, unsentText)?.conversationId
}

function readWhere(workspaceId: WorkspaceId, unsentText: string): KeptLetter | undefined {
  const kept = read(workspaceId)
  return kept?.text === unsentText.trim() ? kept : undefined
}

function nameOf(workspaceId: WorkspaceId): string {
  return `chat-letter.${workspaceId}`
}

function read(workspaceId: WorkspaceId): KeptLetter | undefined {
  return readOwn(nameOf(workspaceId), asLetter, undefined)
}

const asLetter: Parse<KeptLetter> = (value) => {
  if (!isRecord(value) || !Array.isArray(value.files)) return undefined
  const { key, conversationId, text } = value
  if (typeof key !== 'string' || typeof conversationId !== 'string' || typeof text !== 'string') return undefined
  const files = value.files.flatMap((file: unknown) => asFile(file) ?? [])
  return files.length === value.files.length ? { key, conversationId, text, files } : undefined
}

const asFile: Parse<KeptFile> = (value) => {
  if (!isRecord(value)) return undefined
  const { key, name, bytes, id, missing, isMasked } = value
  if (typeof key !== 'string' || typeof name !== 'string' || typeof bytes !== 'number') return undefined
  if (typeof id !== 'string' || typeof isMasked !== 'boolean') return undefined
  if (typeof missing !== 'string' && missing !== null) return undefined
  return { phase: 'kept', key, name, bytes, id, missing, isMasked }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

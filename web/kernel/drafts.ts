import { drop, localArea, read, sessionArea, write } from './storage.ts'

/** Text a person typed and did not save, with the version it was typed over. */
export type Draft = { text: string; baseVersion: number; writtenAt: number }

/** The draft of this tab, else the newest one that any closed tab left behind. */
export function readDraft(key: string): Draft | undefined {
  return parseDraft(read(sessionArea(), name(key))) ?? parseDraft(read(localArea(), name(key)))
}

/** False when the text could not be kept: the person must be told, since a reload would lose it. */
export function writeDraft(key: string, text: string, baseVersion: number): boolean {
  const draft: Draft = { text, baseVersion, writtenAt: Date.now() }
  const isKeptHere = write(sessionArea(), name(key), draft)
  const isKeptForLater = write(localArea(), name(key), draft)
  return isKeptHere || isKeptForLater
}

/** Forgets this tab's draft; another tab's newer text under the same key stays. */
export function dropDraft(key: string): void {
  const mine = parseDraft(read(sessionArea(), name(key)))
  const latest = parseDraft(read(localArea(), name(key)))
  drop(sessionArea(), name(key))
  if (!latest || !mine || latest.writtenAt === mine.writtenAt) drop(localArea(), name(key))
}

function name(key: string): string {
  return `draft.${key}`
}

function parseDraft(text: string | undefined): Draft | undefined {
  if (text === undefined) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isDraft(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false
  if (!('text' in value) || !('baseVersion' in value) || !('writtenAt' in value)) return false
  return typeof value.text === 'string' && typeof value.baseVersion === 'number' && typeof value.writtenAt === 'number'
}

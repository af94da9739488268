import { personal } from './person.ts'
import { drop, keysOf, localArea, read, write } from './storage.ts'

/**
 * What was typed in one page and is not known to be on the server: the pieces to send, and the text they make with the version
 * it was typed over, in case they fit nowhere any more.
 */
export type Draft = { root: number; update: string; text: string; baseVersion: number; writtenAt: number }

/**
 * Where a page keeps what was typed into one text; other pages of the same person in this browser find it there, also after it
 * is closed. `full` is the name it stands under.
 */
export type DraftPlace = { key: string; page: string }
export type FoundDraft = { full: string; page: string; draft: Draft }

/** False when the text could not be kept: the person must be told, since a reload would lose it. */
export function writeDraft({ key, page }: DraftPlace, draft: Omit<Draft, 'writtenAt'>): boolean {
  const start = startOf(key)
  return start !== undefined && write(localArea(), start + page, { ...draft, writtenAt: Date.now() })
}

/** What any page of this person in this browser left behind for this text, oldest first. */
export function readDrafts(key: string): FoundDraft[] {
  const start = startOf(key)
  return start === undefined ? [] : byAge(findUnder(start))
}

/**
 * What was left for this text when texts were kept by file alone: nobody knows whose it is, so it is never sent by itself.
 */
export function readUnowned(key: string): FoundDraft[] {
  const oldest = found(`draft.${key}`, '')
  return byAge([...findUnder(`typed.${key}.`), ...(oldest ? [oldest] : [])])
}

/** Forgets what this page wrote. */
export function dropOwnDraft({ key, page }: DraftPlace): void {
  const start = startOf(key)
  if (start !== undefined) drop(localArea(), start + page)
}

/** Forgets it, unless more was written there since. */
export function dropDraft({ full, draft }: FoundDraft): void {
  const now = parseDraft(read(localArea(), full))
  if (now && now.writtenAt !== draft.writtenAt) return
  drop(localArea(), full)
}

function startOf(key: string): string | undefined {
  return personal(`typed.${key}.`)
}

/** A page's name has no point in it: what has belongs to a file whose path goes on. */
function findUnder(start: string): FoundDraft[] {
  return keysOf(localArea(), start).flatMap((full) => {
    const page = full.slice(start.length)
    return page.includes('.') ? [] : (found(full, page) ?? [])
  })
}

function found(full: string, page: string): FoundDraft | undefined {
  const draft = parseDraft(read(localArea(), full))
  return draft && { full, page, draft }
}

function byAge(all: FoundDraft[]): FoundDraft[] {
  return all.sort((a, b) => a.draft.writtenAt - b.draft.writtenAt)
}

function parseDraft(text: string | undefined): Draft | undefined {
  if (text === undefined) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isDraft(value) ? { root: 0, update: '', ...value } : undefined
  } catch {
    return undefined
  }
}

function isDraft(value: unknown): value is Omit<Draft, 'root' | 'update'> & Partial<Draft> {
  if (typeof value !== 'object' || value === null) return false
  if (!('text' in value) || !('baseVersion' in value) || !('writtenAt' in value)) return false
  return typeof value.text === 'string' && typeof value.baseVersion === 'number' && typeof value.writtenAt === 'number'
}

import { drop, keysOf, localArea, read, write } from './storage.ts'

/**
 * What was typed in one page and is not known to be on the server: the pieces to send, and the text they make with the version
 * it was typed over, in case they fit nowhere any more.
 */
export type Draft = { root: number; update: string; text: string; baseVersion: number; writtenAt: number }

/** Where a page keeps what was typed into one text; other pages of this browser find it there, also after it is closed. */
export type DraftPlace = { key: string; page: string }

/** False when the text could not be kept: the person must be told, since a reload would lose it. */
export function writeDraft({ key, page }: DraftPlace, draft: Omit<Draft, 'writtenAt'>): boolean {
  return write(localArea(), name(key, page), { ...draft, writtenAt: Date.now() })
}

/** What any page of this browser left behind for this text, oldest first. */
export function readDrafts(key: string): { place: DraftPlace; draft: Draft }[] {
  const area = localArea()
  const start = `typed.${key}.`
  const found = keysOf(area, start).flatMap((full) => {
    const draft = parseDraft(read(area, full))
    return draft ? [{ place: { key, page: full.slice(start.length) }, draft }] : []
  })
  const older = parseDraft(read(area, name(key, '')))
  if (older) found.push({ place: { key, page: '' }, draft: older })
  return found.sort((a, b) => a.draft.writtenAt - b.draft.writtenAt)
}

/** Forgets it, unless more was written there since. */
export function dropDraft({ key, page }: DraftPlace, known?: Draft): void {
  const now = known && parseDraft(read(localArea(), name(key, page)))
  if (now && now.writtenAt !== known.writtenAt) return
  drop(localArea(), name(key, page))
}

/** Without a page it is where texts were kept before pages kept their own. */
function name(key: string, page: string): string {
  return page === '' ? `draft.${key}` : `typed.${key}.${page}`
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

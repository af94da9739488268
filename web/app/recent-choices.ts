import { readOwn, writeOwn } from '#web/kernel/own-words.ts'
import type { Parse } from '#web/kernel/storage.ts'

const key = 'palette.recent'
const maxKept = 6

const asIds: Parse<string[]> = (value) =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string').slice(0, maxKept) : undefined

/** What was chosen in the palette, the latest first. */
export function recentChoices(): readonly string[] {
  return readOwn(key, asIds, [])
}

export function rememberChoice(id: string): void {
  writeOwn(key, withChoice(recentChoices(), id))
}

export function withChoice(before: readonly string[], id: string): readonly string[] {
  return [id, ...before.filter((each) => each !== id)].slice(0, maxKept)
}

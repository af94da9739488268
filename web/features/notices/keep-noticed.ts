import type { Noticed } from '../../kernel/noticed.ts'

export type LocalNotice = Noticed & { at: string; isRead: boolean }

/** Only the newest ones of a page are kept. */
const maxKept = 20

/** Newest first; one under the same id takes the place of the one before. */
export function withNoticed(before: readonly LocalNotice[], noticed: Noticed, at: string): readonly LocalNotice[] {
  const others = before.filter(({ id }) => id !== noticed.id)
  return [{ ...noticed, at, isRead: false }, ...others].slice(0, maxKept)
}

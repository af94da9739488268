/** The stretch of the old text to replace, as offsets, and the text to put there. */
export type TextEdit = { start: number; end: number; text: string }

/** One edit that turns `before` into `after` and touches as little as possible, so that cursors outside it stay. */
export function smallestEdit(before: string, after: string): TextEdit | undefined {
  if (before === after) return undefined
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start += 1
  let tail = 0
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) }
}

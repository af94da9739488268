/** In offsets of the text before any of them, in order and apart from each other. */
export type OffsetEdit = { start: number; end: number; text: string }

/**
 * Where a caret belongs at which others inserted something: before it. Were it pushed along, two who type at one place would
 * mix their letters. Undefined where nothing was inserted at it: then it moves with its surroundings.
 */
export function caretAfter(edits: readonly OffsetEdit[], caret: number): number | undefined {
  if (!edits.some(({ start, end }) => start === caret && end === caret)) return undefined
  const before = edits.filter(({ start }) => start < caret)
  return before.reduce((at, { start, end, text }) => at + text.length - (end - start), caret)
}

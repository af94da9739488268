/** A stretch of words that both texts have, or only one of them; of the same words the spaces between may differ. */
export type Stretch = { is: 'same' | 'removed' | 'added'; before: string; after: string }

/** Above this many words (squared: the work to be done) texts are compared line by line. */
const maxWords = 1_500

/** What was taken out of a text and what came in, by words; long texts by lines, very long ones as a whole. */
export function diffWords(before: string, after: string): Stretch[] {
  if (before === after) return before === '' ? [] : [{ is: 'same', before, after }]
  for (const split of [/\S+\s*|\s+/g, /[^\n]*\n|[^\n]+/g]) {
    const from = before.match(split) ?? []
    const to = after.match(split) ?? []
    if (from.length <= maxWords && to.length <= maxWords) return joined(align(from, to))
  }
  return joined([
    { is: 'removed', before, after: '' },
    { is: 'added', before: '', after },
  ])
}

/** By the longest common row of parts. A part counts as the same whatever space follows it. */
function align(from: readonly string[], to: readonly string[]): Stretch[] {
  const width = to.length + 1
  const lengths = new Uint16Array((from.length + 1) * width)
  const ahead = (row: number, column: number) => lengths[row * width + column] ?? 0
  const isSame = (row: number, column: number) => from[row]?.trimEnd() === to[column]?.trimEnd()
  for (let row = from.length - 1; row >= 0; row--) {
    for (let column = to.length - 1; column >= 0; column--) {
      lengths[row * width + column] = isSame(row, column)
        ? ahead(row + 1, column + 1) + 1
        : Math.max(ahead(row + 1, column), ahead(row, column + 1))
    }
  }
  const parts: Stretch[] = []
  let row = 0
  let column = 0
  while (row < from.length || column < to.length) {
    const old = from[row]
    const fresh = to[column]
    if (old !== undefined && fresh !== undefined && isSame(row, column)) {
      parts.push({ is: 'same', before: old, after: fresh })
      row += 1
      column += 1
    } else if (old !== undefined && (fresh === undefined || ahead(row + 1, column) >= ahead(row, column + 1))) {
      parts.push({ is: 'removed', before: old, after: '' })
      row += 1
    } else if (fresh !== undefined) {
      parts.push({ is: 'added', before: '', after: fresh })
      column += 1
    }
  }
  return parts
}

function joined(parts: readonly Stretch[]): Stretch[] {
  const stretches: Stretch[] = []
  for (const part of parts) {
    const last = stretches.at(-1)
    if (last?.is === part.is) {
      last.before += part.before
      last.after += part.after
    } else if (part.before + part.after !== '') stretches.push({ ...part })
  }
  return stretches
}

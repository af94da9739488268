/** `same`: word for word. `almost`: but for numbers, ids or one word in ten. */
export type Alike = 'same' | 'almost' | 'other'

/** Letters' case, spaces and punctuation say nothing new; numbers do, as in "chapter 1" and "chapter 2". */
export function compareTasks(one: string, other: string): Alike {
  const words = wordsOf(one)
  const others = wordsOf(other)
  if (words.join(' ') === others.join(' ')) return 'same'
  if (masked(words) === masked(others)) return 'almost'
  const longest = Math.max(words.length, others.length)
  return longest >= fewestWords && shared(words, others) / longest >= 0.9 ? 'almost' : 'other'
}

/** Below this, one other word in ten cannot be told. */
const fewestWords = 10

function wordsOf(text: string): string[] {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu)
  return words ?? [text.trim()]
}

/** With digits blotted out, also those of hexadecimal ids. */
function masked(words: readonly string[]): string {
  return words.map((word) => (/^[0-9a-f]*\d[0-9a-f]*$/.test(word) ? '#' : word.replace(/\d+/g, '#'))).join(' ')
}

/** How many words both have, each as often as in the one that has it less often. */
function shared(words: readonly string[], others: readonly string[]): number {
  const left = new Map<string, number>()
  for (const word of words) left.set(word, (left.get(word) ?? 0) + 1)
  let both = 0
  for (const word of others) {
    const count = left.get(word) ?? 0
    if (count === 0) continue
    left.set(word, count - 1)
    both++
  }
  return both
}

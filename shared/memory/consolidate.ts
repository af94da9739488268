import type { MemoryId } from '../kernel/ids.ts'
import type { Memory, TidyChange } from './contract.ts'

export type Kept = Pick<Memory, 'id' | 'scope' | 'kind' | 'text' | 'importance' | 'pinned'> & {
  createdAt: number
  /** When it was last recalled, or last lost importance by time: the later of the two. */
  touchedAt: number
}

const day = 86_400_000
/** Nothing touched for so long matters half as much. */
const fadesAfter = 30 * day
/** Below this it is put away. */
const leastImportance = 0.05
/** Of the words of both, so many must be the same. */
const likeness = 0.8
/** Of one tidying, which holds its memories locked and the process busy; the rest is left for the next. */
const charsCompared = 1_000_000
const wordsCompared = 300_000

/**
 * What tidying does to the memories of one workspace: near duplicates become one, which matters as much as the one that
 * mattered most; what nobody touched for long matters less, and in the end is put away. What is pinned stays as it is. Two
 * that differ in a number, a name of things with digits or a "not" are no duplicates.
 */
export function consolidate(memories: readonly Kept[], now: number): TidyChange[] {
  const merged = mergeAlike(memories)
  const gone = new Set(merged.flatMap((change) => (change.does === 'merged' ? [change.memoryId] : [])))
  const raised = new Set(merged.flatMap((change) => (change.does === 'raised' ? [change.memoryId] : [])))
  const faded = memories.flatMap((memory): TidyChange[] => {
    const { id: memoryId, importance: from, pinned } = memory
    if (pinned || gone.has(memoryId) || raised.has(memoryId) || now - memory.touchedAt < fadesAfter) return []
    const to = Math.round(from * 500) / 1_000
    return to < leastImportance ? [{ does: 'dropped', memoryId }] : [{ does: 'faded', memoryId, from, to }]
  })
  return [...merged, ...faded]
}

function mergeAlike(memories: readonly Kept[]): TidyChange[] {
  const groups = Map.groupBy(newestOf(memories), (memory) => `${memory.scope} ${memory.kind} ${decisive(memory.text)}`)
  return [...groups.values()].flatMap((group) => (group.length > 1 ? mergeIn(group) : []))
}

/** As many as a tidying can read in a moment: what is older was compared when it was new. */
function newestOf(memories: readonly Kept[]): Kept[] {
  let chars = 0
  return memories
    .toSorted((one, other) => other.createdAt - one.createdAt)
    .filter(({ text }) => {
      chars += text.length
      return chars <= charsCompared
    })
}

function mergeIn(group: readonly Kept[]): TidyChange[] {
  // The best of them comes first and takes in the others.
  const all = group.toSorted(betterFirst).map((memory) => ({ memory, words: wordsOf(memory.text) }))
  const likelyOf = indexOf(all.map(({ words }) => words))
  const gone = new Set<number>()
  const changes: TidyChange[] = []
  let left = wordsCompared
  for (const [best, { memory, words }] of all.entries()) {
    if (gone.has(best)) continue
    let highest = memory.importance
    for (const at of likelyOf(best)) {
      const other = all[at]
      if (at <= best || gone.has(at) || !other || other.memory.pinned) continue
      left -= Math.min(words.size, other.words.size)
      if (left < 0) break
      if (!isAlike(words, other.words)) continue
      gone.add(at)
      highest = Math.max(highest, other.memory.importance)
      changes.push({ does: 'merged', memoryId: other.memory.id, into: memory.id })
    }
    if (highest > memory.importance) changes.push(raise(memory.id, memory.importance, highest))
    if (left < 0) break
  }
  return changes
}

/**
 * Which may be alike at all, by their place, the last first. Of two that share so many words at least one shared word is
 * among the rarest few of each, in one order of all words, so only those that meet in such a word need to be compared
 * (prefix filtering: Chaudhuri, Ganti, Kaushik, "A Primitive Operator for Similarity Joins in Data Cleaning", 2006).
 */
function indexOf(all: readonly ReadonlySet<string>[]): (at: number) => number[] {
  const counts = new Map<string, number>()
  for (const words of all) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  const byRarity = [...counts].sort(([one, often], [other, oftener]) => often - oftener || (one < other ? -1 : 1))
  const ranks = new Map(byRarity.map(([word], rank) => [word, rank]))
  const rarest = all.map((words) =>
    Int32Array.from(words, (word) => ranks.get(word) ?? 0)
      .sort()
      .subarray(0, words.size - Math.ceil(likeness * words.size - 1e-9) + 1),
  )
  const places = new Map<number, number[]>()
  for (const [at, words] of rarest.entries()) {
    for (const word of words) {
      const known = places.get(word)
      if (known) known.push(at)
      else places.set(word, [at])
    }
  }
  return (at) => {
    const found = new Set<number>()
    for (const word of rarest[at] ?? []) for (const place of places.get(word) ?? []) found.add(place)
    return [...found].sort((one, other) => other - one)
  }
}

function raise(memoryId: MemoryId, from: number, to: number): TidyChange {
  return { does: 'raised', memoryId, from, to }
}

function betterFirst(one: Kept, other: Kept): number {
  if (one.pinned !== other.pinned) return one.pinned ? -1 : 1
  // The newer words are the truer ones; the importance is kept anyway.
  return other.createdAt - one.createdAt || (one.id < other.id ? -1 : 1)
}

function isAlike(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const [few, many] = one.size < other.size ? [one, other] : [other, one]
  if (few.size === 0 || few.size < likeness * many.size) return false
  let same = 0
  for (const word of few) if (many.has(word)) same++
  return same >= likeness * (few.size + many.size - same)
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
}

/** One of these more or less turns a sentence around. */
const turning = /^(not|no|never|none|without|nicht|kein\w*|nie|ohne)$/

/** Numbers, names with digits and words that turn a sentence, in their order. */
function decisive(text: string): string {
  const words =
    text
      .toLowerCase()
      .replace(/n['’]t\b/g, ' not')
      .match(/[\p{L}\p{N}][\p{L}\p{N}.:/_-]*/gu) ?? []
  return words.filter((word) => /\p{N}/u.test(word) || turning.test(word)).join(' ')
}

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
  const groups = Map.groupBy(memories, (memory) => `${memory.scope} ${memory.kind} ${decisive(memory.text)}`)
  return [...groups.values()].flatMap((group) => (group.length > 1 ? mergeIn(group) : []))
}

function mergeIn(group: readonly Kept[]): TidyChange[] {
  // The best of them comes first and takes in the others.
  const left = group.toSorted(betterFirst).map((memory) => ({ memory, words: wordsOf(memory.text) }))
  const changes: TidyChange[] = []
  for (let best = left.shift(); best; best = left.shift()) {
    const { memory, words } = best
    let highest = memory.importance
    for (let at = left.length - 1; at >= 0; at--) {
      const other = left[at]
      if (!other || other.memory.pinned || !isAlike(words, other.words)) continue
      left.splice(at, 1)
      highest = Math.max(highest, other.memory.importance)
      changes.push({ does: 'merged', memoryId: other.memory.id, into: memory.id })
    }
    if (highest > memory.importance) changes.push(raise(memory.id, memory.importance, highest))
  }
  return changes
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

export type LineChanges = { added: number; removed: number }

/** More edits than this are counted without regard to order: the numbers are for people, and time is bounded. */
const maxEdits = 2_000

/** How many lines a text gained and lost, as a shortest line diff has it (Myers 1986). A last line without its end is another line. */
export function countLineChanges(before: string, after: string): LineChanges {
  const from = linesOf(before)
  const to = linesOf(after)
  let start = 0
  while (start < from.length && start < to.length && from[start] === to[start]) start += 1
  let end = 0
  while (end < from.length - start && end < to.length - start && from.at(-1 - end) === to.at(-1 - end)) end += 1
  const a = from.slice(start, from.length - end)
  const b = to.slice(start, to.length - end)
  const kept = keptLines(a, b)
  return { added: b.length - kept, removed: a.length - kept }
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

/** Length of the longest common subsequence; lines that only one side has are left out first, they are never in it. */
function keptLines(before: readonly string[], after: readonly string[]): number {
  const inBefore = new Set(before)
  const inAfter = new Set(after)
  const a = before.filter((line) => inAfter.has(line))
  const b = after.filter((line) => inBefore.has(line))
  const edits = editDistance(a, b)
  return edits === undefined ? commonLines(a, b) : (a.length + b.length - edits) / 2
}

function editDistance(a: readonly string[], b: readonly string[]): number | undefined {
  const most = Math.min(a.length + b.length, maxEdits)
  const middle = most + 1
  // How far along `a` each diagonal got.
  const reach = new Int32Array(2 * most + 3)
  const at = (diagonal: number) => reach[middle + diagonal] ?? 0
  for (let edits = 0; edits <= most; edits++) {
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const isDown = diagonal === -edits || (diagonal !== edits && at(diagonal - 1) < at(diagonal + 1))
      let x = isDown ? at(diagonal + 1) : at(diagonal - 1) + 1
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1
      reach[middle + diagonal] = x
      if (x >= a.length && x - diagonal >= b.length) return edits
    }
  }
  return undefined
}

function commonLines(a: readonly string[], b: readonly string[]): number {
  const left = new Map<string, number>()
  for (const line of a) left.set(line, (left.get(line) ?? 0) + 1)
  let common = 0
  for (const line of b) {
    const count = left.get(line) ?? 0
    if (count > 0) common += 1
    left.set(line, count - 1)
  }
  return common
}

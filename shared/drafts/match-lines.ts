/** Beyond so many differences the lines between are taken for wholly changed: time and memory are bounded. */
const maxEdits = 800

/** For each line of `before` its place in `after`, where a shortest line diff keeps it (Myers 1986); in rising order. */
export function matchLines(before: readonly string[], after: readonly string[]): (number | undefined)[] {
  const matches: (number | undefined)[] = Array.from({ length: before.length })
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) {
    matches[start] = start
    start += 1
  }
  let tail = 0
  const room = Math.min(before.length, after.length) - start
  while (tail < room && before.at(-1 - tail) === after.at(-1 - tail)) {
    tail += 1
    matches[before.length - tail] = after.length - tail
  }
  const a = before.slice(start, before.length - tail)
  const b = after.slice(start, after.length - tail)
  for (const [from, to] of matchMiddle(a, b)) matches[start + from] = start + to
  return matches
}

function matchMiddle(a: readonly string[], b: readonly string[]): [number, number][] {
  const most = Math.min(a.length + b.length, maxEdits)
  // How far along `a` each diagonal got, from -edits to edits, one list for each number of edits.
  const reaches: Int32Array[] = []
  for (let edits = 0; edits <= most; edits++) {
    const last = reaches[edits - 1]
    const reach = new Int32Array(2 * edits + 1)
    reaches.push(reach)
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = stepOnto(last, edits, diagonal)
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1
      reach[edits + diagonal] = x
      if (x >= a.length && x - diagonal >= b.length) return walkBack(reaches, diagonal, x)
    }
  }
  return []
}

/** Where on `a` a diagonal is entered with one edit more: by a line of `b` put in, or one of `a` taken out. */
function stepOnto(last: Int32Array | undefined, edits: number, diagonal: number): number {
  if (!last) return 0
  const at = (place: number) => last[edits - 1 + place] ?? 0
  if (diagonal === -edits) return at(diagonal + 1)
  if (diagonal === edits) return at(diagonal - 1) + 1
  return at(diagonal - 1) < at(diagonal + 1) ? at(diagonal + 1) : at(diagonal - 1) + 1
}

function walkBack(reaches: readonly Int32Array[], endDiagonal: number, end: number): [number, number][] {
  const pairs: [number, number][] = []
  let [diagonal, x] = [endDiagonal, end]
  for (let edits = reaches.length - 1; edits >= 0; edits--) {
    const last = reaches[edits - 1]
    const entered = stepOnto(last, edits, diagonal)
    for (; x > entered; x--) pairs.push([x - 1, x - 1 - diagonal])
    if (!last) break
    const at = (place: number) => last[edits - 1 + place] ?? 0
    const cameDown = diagonal === -edits || (diagonal !== edits && at(diagonal - 1) < at(diagonal + 1))
    diagonal += cameDown ? 1 : -1
    x = at(diagonal)
  }
  return pairs
}

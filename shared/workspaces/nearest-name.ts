/** The name a person may have meant, at most a third of its letters away; undefined where none is near. */
export function nearestName(written: string, known: readonly string[]): string | undefined {
  const most = Math.min(3, Math.floor(written.length / 3))
  let best: { name: string; distance: number } | undefined
  for (const name of known) {
    if (Math.abs(name.length - written.length) > most) continue
    const distance = editDistance(written.toLowerCase(), name.toLowerCase())
    if (distance <= most && (!best || distance < best.distance)) best = { name, distance }
  }
  return best?.name
}

/** Letters put in, left out, changed, or swapped with their neighbour. */
function editDistance(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, index) => index)]
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    rows.push(row)
    for (let j = 1; j <= other.length; j++) {
      const change = at(i - 1, j - 1) + (one[i - 1] === other[j - 1] ? 0 : 1)
      const isSwap = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      row.push(Math.min(change, at(i - 1, j) + 1, at(i, j - 1) + 1, isSwap ? at(i - 2, j - 2) + 1 : change))
    }
  }
  return at(one.length, other.length)
}

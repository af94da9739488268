/** For each wanted item where it stands now, each place once; -1 for a new one. */
export function places(values: readonly unknown[], wanted: readonly unknown[]): number[] {
  const left: (string | undefined)[] = values.map((value) => JSON.stringify(value))
  const sought = wanted.map((item) => JSON.stringify(item))
  const [before, behind] = sameAtTheEnds(left, sought)
  const offset = left.length - sought.length
  const isMiddle = (at: number, length: number) => at >= before && at < length - behind
  const free = left.map((value, at) => (isMiddle(at, left.length) ? value : undefined))
  return sought.map((item, index) => {
    if (!isMiddle(index, sought.length)) return index < before ? index : index + offset
    const at = free.indexOf(item)
    if (at >= 0) free[at] = undefined
    return at
  })
}

/** How many are the same at the beginning, and at the end: of two equal items the one beside what changed stays. */
function sameAtTheEnds(left: readonly unknown[], right: readonly unknown[]): [number, number] {
  const shorter = Math.min(left.length, right.length)
  let before = 0
  while (before < shorter && left[before] === right[before]) before += 1
  let behind = 0
  while (behind < shorter - before && left.at(-1 - behind) === right.at(-1 - behind)) behind += 1
  return [before, behind]
}

type Change = { at: number; item: string }

/**
 * Which items are to have another value: texts that are new, each for one that is gone from between the same neighbours. Where
 * more are gone than new, or fewer, for the one that it is most like.
 */
export function changes(values: readonly unknown[], wanted: readonly unknown[]): Change[] {
  const kept = places(values, wanted)
  const gone = new Set([...values.keys()].filter((at) => !kept.includes(at)))
  return runsOfNew(kept).flatMap(([from, to]) => {
    const between = [...gone].filter((at) => at > (kept[from - 1] ?? -1) && at < (kept[to] ?? values.length))
    const items = wanted.slice(from, to)
    const pairs =
      between.length === items.length
        ? between.map((at, index) => ({ at, item: items[index] }))
        : likest(values, between, items)
    for (const { at } of pairs) gone.delete(at)
    return pairs.flatMap(({ at, item }) => (typeof item === 'string' ? [{ at, item }] : []))
  })
}

/** From where to where nothing is kept. */
function runsOfNew(kept: readonly number[]): [number, number][] {
  return kept.flatMap((at, from): [number, number][] => {
    if (at >= 0 || kept[from - 1] === -1) return []
    const length = kept.slice(from).findIndex((later) => later >= 0)
    return [[from, length < 0 ? kept.length : from + length]]
  })
}

function likest(values: readonly unknown[], between: readonly number[], items: readonly unknown[]) {
  const pairs = between
    .flatMap((at) =>
      items.map((item, index) => ({ at, index, item, like: likeness(String(values[at]), String(item)) })),
    )
    .filter(({ like }) => like > 0)
    .sort((one, other) => other.like - one.like)
  const taken: typeof pairs = []
  for (const pair of pairs) {
    if (!taken.some(({ at, index }) => at === pair.at || index === pair.index)) taken.push(pair)
  }
  return taken
}

/** How many letters they share at both ends; none where that is less than half of the shorter. */
function likeness(one: string, other: string): number {
  const [letters, others] = [[...one], [...other]]
  const [before, behind] = sameAtTheEnds(letters, others)
  return 2 * (before + behind) < Math.min(letters.length, others.length) ? 0 : before + behind
}

/** Chance that a seed repeats: the same seed draws the same numbers in the same order. */
export type Chance = {
  /** From 0 up to, not including, 1. */
  draw(): number
  /** A whole number, both ends included. */
  between(least: number, most: number): number
  pick<T>(from: readonly [T, ...T[]]): T
}

/** Mulberry32. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const draw = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (least: number, most: number) => least + Math.floor(draw() * (most - least + 1))
  return { draw, between, pick: (from) => from[between(0, from.length - 1)] ?? from[0] }
}

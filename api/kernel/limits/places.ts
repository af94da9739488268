export type Places = {
  /** Waits for a place, first come first served. Whoever got one gives it back. */
  take(): Promise<void>
  giveBack(): void
  readonly isIdle: boolean
  /** How many wait. */
  readonly row: number
}

/** So many at the same time, as is right for how many wait; those wait in a row. */
export function createPlaces(most: (waiting: number) => number): Places {
  let taken = 0
  const waiting: (() => void)[] = []
  return {
    async take() {
      if (waiting.length === 0 && taken < most(0)) {
        taken++
        return
      }
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.push(resolve)
      await promise
    },
    giveBack() {
      taken--
      while (taken < most(waiting.length)) {
        const next = waiting.shift()
        if (!next) return
        taken++
        next()
      }
    },
    get row() {
      return waiting.length
    },
    get isIdle() {
      return taken === 0
    },
  }
}

export type Places = {
  /** Waits for a place, first come first served. Whoever got one gives it back. */
  take(): Promise<void>
  giveBack(): void
  readonly isIdle: boolean
}

/** So many at the same time, as is right at that time; the others wait in a row. */
export function createPlaces(most: () => number): Places {
  let taken = 0
  const waiting: (() => void)[] = []
  return {
    async take() {
      if (taken < most()) {
        taken++
        return
      }
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.push(resolve)
      await promise
    },
    giveBack() {
      taken--
      while (taken < most()) {
        const next = waiting.shift()
        if (!next) return
        taken++
        next()
      }
    },
    get isIdle() {
      return taken === 0
    },
  }
}

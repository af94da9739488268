/** So many a second in the long run, and so many at once before that counts. */
export type Rate = { perSecond: number; burst: number }

export type Pace = {
  /** Milliseconds until one more may go, which is counted; or how long it is too early, when that is more than the patience. */
  next(rate: Rate, patienceMs: number): { waitMs: number } | { tooEarlyMs: number }
}

/** The generic cell rate algorithm (ITU-T I.371) with one number of memory: when the next one would come at an even pace. */
export function createPace(now: () => number): Pace {
  let due = Number.NEGATIVE_INFINITY
  return {
    next({ perSecond, burst }, patienceMs) {
      const each = 1_000 / perSecond
      const at = now()
      const wouldBe = Math.max(due, at - burst * each) + each
      const waitMs = Math.max(0, wouldBe - at)
      if (waitMs > patienceMs) return { tooEarlyMs: waitMs - patienceMs }
      due = wouldBe
      return { waitMs }
    },
  }
}

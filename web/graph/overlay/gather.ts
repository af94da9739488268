import type { Change } from './protocol.ts'

/** Two changes as one: later values win; what is a list of news adds up. */
export function gather(before: Change, next: Change): Change {
  if (next.isFresh) return { ...before, ...next }
  return {
    ...before,
    ...next,
    isFresh: before.isFresh,
    moved: join(before.moved, next.moved),
    activities: join(before.activities, next.activities),
    work: join(before.work, next.work),
    heats: join(before.heats, next.heats),
    pulses: join(before.pulses, next.pulses),
  }
}

function join<T>(before: readonly T[] | undefined, next: readonly T[] | undefined): readonly T[] | undefined {
  if (!before) return next
  return next ? [...before, ...next] : before
}

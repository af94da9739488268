import { setTimeout as pause } from 'node:timers/promises'

/** Looks again every few milliseconds; throws when it takes longer than allowed. Gives how long it took. */
export async function until(isDone: () => Promise<boolean>, withinMs: number, everyMs = 10): Promise<number> {
  const began = performance.now()
  while (!(await isDone())) {
    if (performance.now() - began > withinMs) throw new Error(`It was not done within ${withinMs} ms.`)
    await pause(everyMs)
  }
  return performance.now() - began
}

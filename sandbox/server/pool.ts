import type { Limits } from '../sandbox.ts'
import type { Parked } from './parked.ts'
import type { Runtime } from './runtimes.ts'

/** Runtimes that have started already and wait for a job. Each runs one job and is then gone. */
export type Pool<R extends Runtime> = {
  /** A waiting one, if there is one that has these limits, else a new one. */
  take(runtime: R, limits: Limits): Parked
  /** Has this many waiting. */
  fill(runtime: R, count: number): void
  close(): void
}

export function createPool<R extends Runtime>(start: (runtime: R, limits: Limits) => Parked, limits: Limits): Pool<R> {
  const waiting = new Map<R, Parked[]>()
  const wanted = new Map<R, number>()
  let isClosed = false

  const fill = (runtime: R) => {
    const ready = waiting.get(runtime) ?? []
    waiting.set(runtime, ready)
    while (!isClosed && ready.length < (wanted.get(runtime) ?? 0)) {
      const parked = start(runtime, limits)
      ready.push(parked)
      // One that dies while it waits must not be handed out.
      void parked.closed.then(() => {
        const at = ready.indexOf(parked)
        if (at >= 0) ready.splice(at, 1)
      })
    }
  }

  return {
    take(runtime, asked) {
      const ready = sameWalls(asked, limits) ? waiting.get(runtime)?.shift() : undefined
      // The next one is started when this run is on its way, not in its way.
      setTimeout(() => fill(runtime), 50).unref()
      return ready ?? start(runtime, asked)
    },
    fill(runtime, count) {
      wanted.set(runtime, count)
      fill(runtime)
    },
    close() {
      isClosed = true
      for (const parked of [...waiting.values()].flat()) parked.end()
    },
  }
}

/** Whether a process that was started under these limits may serve for those. */
function sameWalls(asked: Limits, parked: Limits): boolean {
  const { memoryBytes, processCount, fileBytes } = asked
  return memoryBytes === parked.memoryBytes && processCount === parked.processCount && fileBytes === parked.fileBytes
}

import type { Limits } from '../sandbox.ts'
import { type Parked, park } from './parked.ts'
import type { Runtime } from './runtimes.ts'
import type { Walls } from './walls.ts'

/** Confined runtimes that have started already and wait for a job. Each runs one job and is then gone. */
export type Pool = {
  /** A waiting one, if there is one that has these limits, else a new one. */
  take(runtime: Runtime, limits: Limits): Parked
  /** Has this many waiting. */
  fill(runtime: Runtime, count: number): void
  close(): void
}

export function createPool(walls: Walls, limits: Limits): Pool {
  const waiting = new Map<Runtime, Parked[]>()
  const wanted = new Map<Runtime, number>()
  let isClosed = false

  const fill = (runtime: Runtime) => {
    const ready = waiting.get(runtime) ?? []
    waiting.set(runtime, ready)
    while (!isClosed && ready.length < (wanted.get(runtime) ?? 0)) {
      const parked = park(walls, runtime, limits)
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
      return ready ?? park(walls, runtime, asked)
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

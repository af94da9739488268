import { type Capabilities, defaultLimits, type Limits, type Sandbox } from '../sandbox.ts'
import { createConfinedSession } from './confined-session.ts'
import { openSessionNetwork, type SessionNetwork } from './network/session-network.ts'
import { park } from './parked.ts'
import { createPool, type Pool } from './pool.ts'
import { type ConfinedRuntime, findProjectRuntime, findRuntimes } from './runtimes.ts'
import { findWalls, type Walls } from './walls.ts'

export type Bubblewrap = Sandbox & {
  /** Ends what waits for jobs and frees everything; sessions in use end with their owner. */
  close(): void
}

/**
 * Programs in namespaces of their own by bubblewrap: no network, no view of the machine, memory and processes counted by
 * cgroups, a seccomp filter. Where a part of that is missing it is unavailable with the reason; it never runs with less.
 */
export function createBubblewrap(given: Partial<Limits> = {}): Bubblewrap {
  const limits: Limits = { ...defaultLimits, ...given }
  const runtimes = findRuntimes({ heapMb: Math.ceil(limits.memoryBytes / 1_048_576) + 64 })
  const parts = { runtimes, project: findProjectRuntime() }
  const languages = runtimes.flatMap((runtime) => runtime.languages)
  let ready: { walls: Walls; pool: Pool<ConfinedRuntime> } | undefined

  const open = () => {
    if (ready) return ready
    const found = findWalls()
    if ('reason' in found) return found
    ready = { walls: found, pool: createPool((runtime, asked) => park(found, runtime, asked), limits) }
    return ready
  }

  const capabilities: Capabilities = {
    languages,
    ...{
      multiFile: true,
      processes: true,
      memoryLimit: true,
      exactColumns: true,
      tellsRejections: true,
      network: 'listed',
      projects: true,
      terminal: false,
      preview: false,
    },
    isolation:
      'A process in namespaces of its own: no network but the hosts a session is given, no other process, read-only system programs, files in memory only.',
  }

  return {
    name: 'bubblewrap',
    capabilities,
    async probe() {
      const opened = open()
      if ('reason' in opened) return { state: 'unavailable', reason: opened.reason }
      if (languages.length === 0) return { state: 'unavailable', reason: 'Neither Deno nor Python is there to run.' }
      return { state: 'available' }
    },
    async boot(options) {
      const opened = open()
      if ('reason' in opened) return { state: 'unavailable', reason: opened.reason }
      const asked = { ...limits, ...options?.limits }
      if (!options?.network)
        return { state: 'ready', session: createConfinedSession({ ...parts, pool: opened.pool, limits: asked }) }
      const network = await openSessionNetwork(options.network)
      const pool = createPool(
        (runtime: ConfinedRuntime, given) => park(opened.walls, network.reaching(runtime), given),
        asked,
      )
      return {
        state: 'ready',
        session: createConfinedSession({ ...parts, pool, limits: asked, network: ended(network, pool) }),
      }
    },
    close() {
      if (!ready) return
      ready.pool.close()
      ready.walls.remove()
      ready = undefined
    },
  }
}

/** The way out of a session ends with what waits for its jobs. */
function ended(network: SessionNetwork, pool: Pool<ConfinedRuntime>): Pick<SessionNetwork, 'attempts' | 'close'> {
  return {
    attempts: network.attempts,
    close() {
      pool.close()
      network.close()
    },
  }
}

import { type Capabilities, defaultLimits, type Limits, type Probe, type Sandbox } from '../../sandbox.ts'
import { createConfinedSession } from '../confined-session.ts'
import type { Closed } from '../parked.ts'
import type { Pool } from '../pool.ts'
import { type CarriedRuntime, carriedRuntimes } from '../runtimes.ts'
import { parkRemote, type Streams } from './parked-remote.ts'

/** A place that runs programs for us: what it is called, what it keeps, and how one program is run there. */
export type Place = {
  readonly name: string
  readonly isolation: string
  /** Memory and processes of a program are limited there, and it says when a limit was met. */
  readonly memoryLimit: boolean
  probe(): Promise<Probe>
  run(runtime: CarriedRuntime, limits: Limits, streams: Streams, signal: AbortSignal): Promise<Closed>
}

export type RemoteSandbox = Sandbox & {
  /** Sessions in use end with their owner. */
  close(): void
}

/** The port over such a place. Jobs and reports are those of confined processes, so the same runners serve. */
export function createRemoteSandbox(place: Place, given: Partial<Limits> = {}): RemoteSandbox {
  const limits: Limits = { ...defaultLimits, ...given }
  const carried = carriedRuntimes({ heapMb: Math.ceil(limits.memoryBytes / 1_048_576) + 64 })
  // None waits ahead of its job: elsewhere, what waits costs, and would be left behind when we end.
  const pool: Pool<CarriedRuntime> = {
    take: (runtime, asked) => parkRemote((streams, signal) => place.run(runtime, asked, streams, signal)),
    fill() {},
    close() {},
  }
  const capabilities: Capabilities = {
    languages: carried.runtimes.flatMap(({ languages }) => languages),
    ...{ multiFile: true, processes: true, projects: true, memoryLimit: place.memoryLimit },
    ...{ exactColumns: true, tellsRejections: true, network: false, terminal: false, preview: false },
    isolation: place.isolation,
  }
  return {
    name: place.name,
    capabilities,
    probe: () => place.probe(),
    async boot(options) {
      const probe = await place.probe()
      if (probe.state === 'unavailable') return probe
      if (options?.network) return { state: 'unavailable', reason: `${place.name} has no network to give.` }
      const session = createConfinedSession({ ...carried, pool, limits: { ...limits, ...options?.limits } })
      return { state: 'ready', session }
    },
    close: () => pool.close(),
  }
}

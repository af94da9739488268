import { type Capabilities, defaultLimits, type Limits, type Sandbox } from '../../sandbox.ts'
import { createConfinedSession } from '../confined-session.ts'
import { createPool } from '../pool.ts'
import type { Runtime } from '../runtimes.ts'
import { parkThread } from './parked-thread.ts'

export type QuickJs = Sandbox & {
  /** Ends what waits for jobs; sessions in use end with their owner. */
  close(): void
}

const runtime: Runtime = { name: 'quickjs', languages: ['javascript', 'typescript'] }

const capabilities: Capabilities = {
  languages: runtime.languages,
  ...{ multiFile: true, processes: false, memoryLimit: true, exactColumns: false, tellsRejections: false },
  ...{ network: false, terminal: false, preview: false },
  isolation:
    'Pure compute only: a small JavaScript engine inside WebAssembly, in a thread of the server. It has no files, no processes and no network to reach.',
}

/**
 * JavaScript and TypeScript that only compute, on every machine. What keeps the code in is WebAssembly: the engine has the
 * language, a console, timers and the files of the run, and nothing else was put into it. The thread is there to be ended.
 */
export function createQuickJs(given: Partial<Limits> = {}): QuickJs {
  const limits: Limits = { ...defaultLimits, ...given }
  const pool = createPool((_: Runtime, asked) => parkThread(asked), limits)
  return {
    name: 'quickjs',
    capabilities,
    probe: async () => ({ state: 'available' }),
    async boot(options) {
      const session = createConfinedSession({ pool, runtimes: [runtime], limits: { ...limits, ...options?.limits } })
      return { state: 'ready', session }
    },
    close: () => pool.close(),
  }
}

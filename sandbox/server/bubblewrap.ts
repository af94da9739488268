import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Capabilities, defaultLimits, type Limits, type Sandbox } from '../sandbox.ts'
import { findGroups } from './cgroups.ts'
import { createConfinedSession } from './confined-session.ts'
import type { Walls } from './parked.ts'
import { createPool, type Pool } from './pool.ts'
import { findRuntimes } from './runtimes.ts'
import { seccompProgram } from './seccomp.ts'

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
  const languages = runtimes.flatMap((runtime) => runtime.languages)
  let ready: { walls: Walls; pool: Pool; folder: string } | undefined

  const open = () => {
    if (ready) return ready
    const found = findWalls()
    if ('reason' in found) return found
    ready = { ...found, pool: createPool(found.walls, limits) }
    return ready
  }

  const capabilities: Capabilities = {
    languages,
    ...{ multiFile: true, processes: true, memoryLimit: true, network: false, terminal: false, preview: false },
    isolation:
      'A process in namespaces of its own: no network, no other process, read-only system programs, files in memory only.',
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
      const session = createConfinedSession(opened.pool, runtimes, { ...limits, ...options?.limits })
      return { state: 'ready', session }
    },
    close() {
      if (!ready) return
      ready.pool.close()
      rmSync(ready.folder, { recursive: true, force: true })
      ready = undefined
    },
  }
}

/** Everything the walls are made of, tried once by confining a program that does nothing. */
function findWalls(): { walls: Walls; folder: string } | { reason: string } {
  const bwrap = ['/usr/bin/bwrap', '/usr/local/bin/bwrap', '/bin/bwrap'].find((path) => existsSync(path))
  if (process.platform !== 'linux') return { reason: 'Bubblewrap needs Linux.' }
  if (!bwrap) return { reason: 'Bubblewrap is not installed. Install the package bubblewrap (apt install bubblewrap).' }
  const program = seccompProgram(process.arch)
  if (!program) return { reason: `There is no filter for system calls on ${process.arch}.` }
  const tried = spawnSync(bwrap, ['--unshare-all', '--unshare-user', '--ro-bind', '/', '/', '/bin/true'], {
    encoding: 'utf8',
    timeout: 5_000,
  })
  if (tried.status !== 0) {
    return {
      reason: `Bubblewrap cannot make namespaces here (${tried.stderr.trim() || tried.error?.message}). Allow unprivileged user namespaces.`,
    }
  }
  const groups = findGroups()
  if (groups.state === 'unavailable') return { reason: `${groups.reason} ${groups.fix}` }
  const folder = mkdtempSync(join(tmpdir(), 'delegraph-sandbox-'))
  const seccompFile = join(folder, 'seccomp.bpf')
  writeFileSync(seccompFile, program, { mode: 0o600 })
  return { folder, walls: { bwrap, groups, seccompFile, cpus: Math.max(1, availableParallelism() / 2) } }
}

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { findGroups, type Groups } from './cgroups.ts'
import { seccompProgram } from './seccomp.ts'

/** What a machine needs to confine a process. */
export type Walls = {
  readonly bwrap: string
  readonly groups: Extract<Groups, { state: 'available' }>
  /** A file with the seccomp program; its descriptor is handed over anew to every process. */
  readonly seccompFile: string
  readonly cpus: number
  /** Takes away the files they are made of, after the last process. */
  remove(): void
}

/** Everything the walls are made of, tried once by confining a program that does nothing. */
export function findWalls(): Walls | { readonly reason: string } {
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
  return {
    ...{ bwrap, groups, seccompFile },
    cpus: Math.max(1, availableParallelism() / 2),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

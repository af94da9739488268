import { execFileSync } from 'node:child_process'
import { readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { isRunning } from './live-process.ts'

/** What runs on a cluster, as its lock file and the process list say together. */
export type Postmaster =
  | { phase: 'none' }
  /** The lock file names a process that ended, or one that has nothing to do with this cluster. */
  | { phase: 'stale'; pid: number }
  | { phase: 'starting' | 'stopping'; pid: number }
  | { phase: 'ready'; pid: number; port: number }

export function findPostmaster(cluster: string): Postmaster {
  const lines = readLock(cluster)
  if (!lines) return { phase: 'none' }
  const pid = Math.abs(Number(lines[0]))
  if (!isRunning(pid) || !isPostmasterOf(pid, cluster)) return { phase: 'stale', pid }
  const status = lines[7]?.trim()
  if (status === 'ready') return { phase: 'ready', pid, port: Number(lines[3]) }
  return { phase: status === 'stopping' ? 'stopping' : 'starting', pid }
}

export function lockFileOf(cluster: string): string {
  return join(cluster, 'postmaster.pid')
}

function readLock(cluster: string): string[] | undefined {
  try {
    return readFileSync(lockFileOf(cluster), 'utf8').split('\n')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Process ids are used again, in containers at once. The launcher names the cluster's real path on the command line. */
function isPostmasterOf(pid: number, cluster: string): boolean {
  const command = commandOf(pid)
  return command === undefined || (command.includes('postgres') && command.includes(realpathSync(cluster)))
}

function commandOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    if (process.platform === 'win32') return undefined
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return undefined
  }
}

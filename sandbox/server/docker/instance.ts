import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** Which process of which machine started something, as text: `place pid beginning`. */
export function thisInstance(): string {
  return [thisPlace(), process.pid, beginningOf(process.pid) ?? 0].join(' ')
}

/** Whether what it was started by has ended; undefined where that cannot be known from here. */
export function hasEnded(instance: string): boolean | undefined {
  const [place, pid, beginning] = instance.split(' ')
  if (place !== thisPlace()) return undefined
  const began = beginningOf(Number(pid))
  // Another user's process may be there and yet not be seen into.
  if (began === undefined && isThere(Number(pid))) return undefined
  return began !== Number(beginning)
}

/** Where process ids mean the same: in containers of one machine they do not. A restart of the machine makes another place. */
function thisPlace(): string {
  return [hostname(), firstOf(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')), namespace()].join('/')
}

function namespace(): string {
  return firstOf(() => readlinkSync('/proc/self/ns/pid'))
}

/** The moment it began, in ticks since the machine did, as in proc(5); undefined where there is no such process. */
function beginningOf(pid: number): number | undefined {
  const stat = firstOf(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  // The name before it may hold anything, brackets and blanks too.
  const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  if (ticks !== undefined) return Number(ticks)
  return process.platform === 'linux' || !isThere(pid) ? undefined : 0
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function firstOf(look: () => string): string {
  try {
    return look().trim()
  } catch {
    return ''
  }
}

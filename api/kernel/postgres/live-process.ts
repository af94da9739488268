import { readFileSync } from 'node:fs'

/** One line that names this process so that a later process with the same id is not taken for it. */
export function describeThisProcess(): string {
  return `${process.pid} ${startOf(process.pid)}`
}

/** Whether the process a line of `describeThisProcess` was written by still runs. */
export function isStillRunning(description: string): boolean {
  const [id = '', start = ''] = description.trim().split(' ')
  const pid = Number(id)
  return isRunning(pid) && (start === '' || start === startOf(pid))
}

/** Whether a process with this id runs. A zombie has ended: nobody may ever collect it where process 1 is not an init. */
export function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  return statusOf(pid)?.state !== 'Z'
}

/** Clock ticks since boot; empty where the system has no /proc. */
function startOf(pid: number): string {
  return statusOf(pid)?.start ?? ''
}

function statusOf(pid: number): { state: string; start: string } | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command in brackets may hold blanks and brackets itself; fields are counted after the last one.
    const [state = '', ...rest] = line.slice(line.lastIndexOf(')') + 2).split(' ')
    return { state, start: rest[18] ?? '' }
  } catch {
    return undefined
  }
}

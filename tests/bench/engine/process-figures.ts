import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rounded } from '../statistics.ts'

/** Linux counts in hundredths of a second. */
const msPerTick = 10

type Stat = { parent: number; cpuMs: number; endedChildrenMs: number }

/** CPU a process used since it began, in milliseconds. Linux only; NaN elsewhere. */
export async function cpuMsOf(pid: number): Promise<number> {
  return (await readStat(pid))?.cpuMs ?? Number.NaN
}

/** The same of a database server: its postmaster, the connections it has and those that ended. */
export async function cpuMsOfPostgres(dataDir: string): Promise<number> {
  const [first] = (await readFile(join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8')).split('\n')
  const postmaster = Number(first)
  const all = await readdir('/proc').catch(() => [])
  let sum = 0
  for (const pid of all.map(Number)) {
    const stat = Number.isInteger(pid) ? await readStat(pid) : undefined
    if (pid === postmaster) sum += (stat?.cpuMs ?? 0) + (stat?.endedChildrenMs ?? 0)
    else if (stat?.parent === postmaster) sum += stat.cpuMs
  }
  return sum
}

/** Resident memory, in megabytes. */
export async function memoryMbOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return rounded(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024)
}

async function readStat(pid: number): Promise<Stat | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The name stands in brackets and may hold anything; what follows are numbers.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  if (fields.length < 20) return undefined
  const [, parent, , , , , , , , , , user, system, childUser, childSystem] = fields.map(Number)
  return {
    parent: parent ?? 0,
    cpuMs: ((user ?? 0) + (system ?? 0)) * msPerTick,
    endedChildrenMs: ((childUser ?? 0) + (childSystem ?? 0)) * msPerTick,
  }
}

import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export type GroupLimits = { readonly memoryBytes: number; readonly processes: number; readonly cpus: number }

/** The processes of one run, as the kernel counts them. */
export type Group = {
  /** Files into which a process of one thread writes 0, which is itself, to belong to the group, children included. */
  readonly joinBy: readonly string[]
  /** Which limit was met so far. */
  limitsMet(): readonly ('memory' | 'processes')[]
  /** Ends every process in it, whatever they do. */
  kill(): void
  /** Gone when its last process is; called after the run. True when it could be removed. */
  remove(): boolean
}

export type Groups =
  | { readonly state: 'available'; make(limits: GroupLimits): Group }
  | { readonly state: 'unavailable'; readonly reason: string; readonly fix: string }

const root = '/sys/fs/cgroup'

/** How this machine lets us limit memory and processes, tried by really making a group. A limit of one process only is none. */
export function findGroups(): Groups {
  const find = existsSync(join(root, 'cgroup.controllers')) ? unified : legacy
  try {
    const groups = find()
    const tried = groups.make({ memoryBytes: 64 * 1024 * 1024, processes: 8, cpus: 1 })
    tried.remove()
    return groups
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return {
      state: 'unavailable',
      reason: `Memory and processes of a run cannot be limited on this machine (${detail}).`,
      fix: 'Run the server as root, or as a user whose cgroups systemd delegates: systemd-run --user --scope -p Delegate=yes npm start.',
    }
  }
}

/** Version 2: one tree. Ours stand beside the group of this process, for a group with processes may hold no others. */
function unified(): Extract<Groups, { state: 'available' }> {
  const own = ownGroups().get('') ?? '/'
  const base = join(root, own === '/' ? '' : dirname(own))
  return {
    state: 'available',
    make({ memoryBytes, processes, cpus }) {
      enable(base)
      const folder = makeFolder(base)
      write(folder, 'memory.max', memoryBytes)
      writeIfThere(folder, 'memory.swap.max', 0)
      write(folder, 'pids.max', processes)
      writeIfThere(folder, 'cpu.max', `${Math.round(cpus * 100_000)} 100000`)
      return {
        joinBy: [join(folder, 'cgroup.procs')],
        limitsMet() {
          const memory = /^oom_kill [1-9]/m.test(read(folder, 'memory.events'))
          const forks = /^max [1-9]/m.test(read(folder, 'pids.events'))
          return [...(memory ? (['memory'] as const) : []), ...(forks ? (['processes'] as const) : [])]
        },
        kill: () => writeIfThere(folder, 'cgroup.kill', 1),
        remove: () => removeFolder(folder),
      }
    },
  }
}

function enable(base: string): void {
  const wanted = ['memory', 'pids', 'cpu'].filter((controller) => read(base, 'cgroup.controllers').includes(controller))
  const on = read(base, 'cgroup.subtree_control')
  const missing = wanted.filter((controller) => !on.includes(controller))
  if (missing.length > 0) write(base, 'cgroup.subtree_control', missing.map((controller) => `+${controller}`).join(' '))
}

/** Version 1: a tree for each controller. */
function legacy(): Extract<Groups, { state: 'available' }> {
  const own = ownGroups()
  const base = (controller: string) => join(root, controller, own.get(controller) ?? '/')
  return {
    state: 'available',
    make({ memoryBytes, processes, cpus }) {
      const memory = makeFolder(base('memory'))
      const pids = makeFolder(base('pids'))
      write(memory, 'memory.limit_in_bytes', memoryBytes)
      writeIfThere(memory, 'memory.memsw.limit_in_bytes', memoryBytes)
      write(pids, 'pids.max', processes)
      const cpu = existsSync(base('cpu')) ? makeFolder(base('cpu')) : undefined
      if (cpu) writeIfThere(cpu, 'cpu.cfs_quota_us', Math.round(cpus * 100_000))
      const folders = [memory, pids, ...(cpu ? [cpu] : [])]
      return {
        // A thread that moves itself waits for nobody; a process would wait until every processor has passed by: milliseconds.
        joinBy: folders.map((folder) => join(folder, 'tasks')),
        limitsMet() {
          const oom = /^oom_kill [1-9]/m.test(read(memory, 'memory.oom_control'))
          const forks = /^max [1-9]/m.test(read(pids, 'pids.events'))
          return [...(oom ? (['memory'] as const) : []), ...(forks ? (['processes'] as const) : [])]
        },
        kill() {
          for (const pid of read(pids, 'cgroup.procs').split('\n')) if (pid !== '') end(Number(pid))
        },
        remove: () => folders.map(removeFolder).every(Boolean),
      }
    },
  }
}

/** `controller → path` of this process; the unified tree's controller is ''. */
function ownGroups(): Map<string, string> {
  const found = new Map<string, string>()
  for (const line of readFileSync('/proc/self/cgroup', 'utf8').split('\n')) {
    const [, controllers, ...path] = line.split(':')
    if (controllers === undefined) continue
    for (const controller of controllers.split(',')) found.set(controller, path.join(':'))
  }
  return found
}

function makeFolder(base: string): string {
  // Processes in containers have the same ids, and so has one that follows another that was killed.
  const folder = join(base, `delegraph-${process.pid}-${randomUUID()}`)
  mkdirSync(folder)
  return folder
}

/** False while a process of it still ends. */
function removeFolder(folder: string): boolean {
  try {
    rmdirSync(folder)
    return true
  } catch {
    return !existsSync(folder)
  }
}

function write(folder: string, file: string, value: number | string): void {
  writeFileSync(join(folder, file), String(value))
}

function writeIfThere(folder: string, file: string, value: number | string): void {
  if (existsSync(join(folder, file))) write(folder, file, value)
}

function read(folder: string, file: string): string {
  try {
    return readFileSync(join(folder, file), 'utf8')
  } catch {
    return ''
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

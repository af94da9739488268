import { type StdioOptions, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import type { Limits } from '../sandbox.ts'
import type { Group } from './cgroups.ts'
import { confinedCommand, type Program, secretArguments } from './confine.ts'
import type { Walls } from './walls.ts'

/** A confined runtime that waits for its one job. */
export type Parked = {
  readonly child: { readonly stdin: Writable; readonly stdout: Readable; readonly stderr: Readable }
  /** When the process and its output have ended. */
  readonly closed: Promise<Closed>
  /** Ends it and everything it started. */
  end(): void
}

export type Closed = {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly limitsMet: readonly ('memory' | 'processes')[]
  /** Why it could not be started, or was lost on the way: no fault of the program. */
  readonly problem?: string
}

/** Starts a program behind the walls, with its three streams. */
export function park(walls: Walls, program: Program, limits: Limits): Parked {
  const { memoryBytes, processCount } = limits
  const group = walls.groups.make({ memoryBytes, processes: processCount, cpus: walls.cpus })
  const diskBytes = Math.max(limits.fileBytes * 2, 16 * 1024 * 1024)
  const [command, args] = confinedCommand({ bwrap: walls.bwrap, program, joinBy: group.joinBy, diskBytes })
  const seccomp = openSync(walls.seccompFile, 'r')
  const secrets = secretArguments(program)
  const stdio: StdioOptions = ['pipe', 'pipe', 'pipe', seccomp, ...(secrets === undefined ? [] : ['pipe' as const])]
  const child = spawn(command, args, { stdio, env: {}, cwd: '/' })
  closeSync(seccomp)
  const { stdin, stdout, stderr } = child
  if (secrets !== undefined) handOver(child.stdio[4], secrets)
  if (!stdin || !stdout || !stderr) throw new Error('a confined process has no pipes')
  // A program that ends without reading its input is none of our trouble.
  stdin.on('error', () => {})
  const { promise, resolve } = Promise.withResolvers<Closed>()
  child.once('error', ({ message }) => resolve({ code: null, signal: null, limitsMet: [], problem: message }))
  child.once('close', (code, signal) => {
    resolve({ code, signal, limitsMet: group.limitsMet() })
    removeSoon(group)
  })
  const end = () => {
    child.kill('SIGKILL')
    group.kill()
  }
  return { child: { stdin, stdout, stderr }, closed: promise, end }
}

function handOver(descriptor: Writable | Readable | null | undefined, text: string): void {
  if (!descriptor || !('write' in descriptor)) throw new Error('a confined process has no place for its secrets')
  // A process that ended before it read them is told of by its end.
  descriptor.on('error', () => {})
  descriptor.end(text)
}

/** The last process of a group is gone a moment after its output closed. */
function removeSoon(group: Group, tries = 50): void {
  if (group.remove() || tries === 0) return
  setTimeout(() => {
    group.kill()
    removeSoon(group, tries - 1)
  }, 20)
}

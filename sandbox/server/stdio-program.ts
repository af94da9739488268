import { existsSync } from 'node:fs'
import { isAbsolute, normalize } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { AppError } from '#shared/kernel/app-error.ts'
import { defaultLimits, type Limits } from '../sandbox.ts'
import { findNode } from './node-binary.ts'
import { type Closed, park } from './parked.ts'
import { findWalls, type Walls } from './walls.ts'

export type StdioRequest = {
  /** The program and its arguments, in words of the inside: `node`, `python3`, or a path that `readOnly` brings. No shell. */
  readonly command: readonly [string, ...string[]]
  /** Folders or files of this machine → absolute paths inside. Everything given is readable by the program. */
  readonly readOnly?: readonly { readonly outside: string; readonly inside: string }[]
  /** All it gets of an environment, beside a PATH and a home of its own. */
  readonly env?: Readonly<Record<string, string>>
  readonly limits?: Partial<Pick<Limits, 'memoryBytes' | 'processCount' | 'fileBytes'>>
}

export type StdioProgram = {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  /** When the program and its output have ended, for whatever reason; never rejects. */
  readonly closed: Promise<Closed>
  /** Ends it and everything it started, at once. Whoever opened it ends it. */
  end(): void
}

let kept: Walls | undefined

/**
 * Opens a program behind bubblewrap's walls with its streams open for as long as it lives: no network, no file of this
 * machine but those given, memory and processes limited. Throws AppError `unavailable` with the fix where the walls cannot
 * be put up: it never runs with less.
 */
export function openStdioProgram({ command, readOnly = [], env = {}, limits }: StdioRequest): StdioProgram {
  const walls = requireWalls()
  const node = findNode()
  for (const { outside, inside } of readOnly) requireBind(outside, inside)
  requireTexts(env)
  const binds = readOnly.map(({ outside, inside }) => [outside, normalize(inside)] as const)
  const program = { command, binds: [...node.binds, ...binds], env: node.env, secretEnv: env }
  const { child, closed, end } = park(walls, program, { ...defaultLimits, ...limits })
  return { ...child, closed, end }
}

/** Why stdio programs cannot be opened on this machine; undefined where they can. */
export function whyNoStdioPrograms(): string | undefined {
  if (kept) return undefined
  const found = findWalls()
  if ('reason' in found) return found.reason
  kept = found
  process.once('exit', found.remove)
  return undefined
}

function requireWalls(): Walls {
  const reason = whyNoStdioPrograms()
  if (reason === undefined && kept) return kept
  throw new AppError('unavailable', 'Programs cannot be opened safely on this machine.', { fix: reason ?? '' })
}

/** A zero byte ends an argument: what follows would be options of the walls. */
function requireTexts(env: Readonly<Record<string, string>>): void {
  const found = Object.entries(env).find(([name, value]) => name === '' || /[\0=]/.test(name) || value.includes('\0'))
  if (found)
    throw new AppError('bad-input', `The environment cannot hold ${JSON.stringify(found[0])}.`, { field: 'env' })
}

/** Places that the walls themselves are made of may not be covered. */
const taken = /^\/(usr|bin|sbin|lib|lib64|proc|dev|etc|opt\/node)(\/|$)|^\/(tmp|home|home\/sandbox)?$/

function requireBind(outside: string, inside: string): void {
  if (!isAbsolute(inside) || taken.test(normalize(inside)))
    throw new AppError('bad-input', `Files cannot be given at ${inside}.`, { fix: 'Give them below /srv or /opt.' })
  if (!existsSync(outside)) throw new AppError('not-found', `${outside} is not there to be given to the program.`)
}

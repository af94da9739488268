import { z } from 'zod'
import type { Position, RunError } from '../../sandbox.ts'
import type { Modules } from './modules.ts'

/** How a run in the thread ended, as far as the thread itself can say. */
export type ThreadOutcome =
  | { readonly kind: 'completed'; readonly value: string | null }
  | { readonly kind: 'failed'; readonly phase: 'compile' | 'run'; readonly error: RunError }
  | { readonly kind: 'out-of-memory'; readonly detail: string }

const Thrown = z.object({ name: z.string(), message: z.string(), stack: z.string() })

/** What was thrown, in the user's own files and lines; `described` is the engine's word for it, as JSON. */
export function outcomeOfThrown(
  described: string,
  modules: Pick<Modules, 'locate' | 'problem'>,
  files: ReadonlyMap<string, string>,
): ThreadOutcome {
  const { name, message, stack } = Thrown.parse(JSON.parse(described))
  if (name === 'InternalError' && message === 'out of memory') return { kind: 'out-of-memory', detail: message }
  const problem = modules.problem()
  if (problem?.message === message) return { kind: 'failed', phase: 'compile', error: problem }
  const frames = framesOf(stack, modules, files)
  const at = frames[0]?.at ?? null
  // What does not parse has one frame, that of the place; a program that ran has the function it ran in.
  const isParse = name === 'SyntaxError' && frames.length === 1 && frames[0]?.within === null
  if (isParse) return { kind: 'failed', phase: 'compile', error: { name, message, stack: '', at } }
  const lines = frames.map(({ within, at: { file, line, column } }) => {
    const place = `${file}:${line}:${column}`
    return within === null || within === '<anonymous>' ? `    at ${place}` : `    at ${within} (${place})`
  })
  const explained = explain(name, message)
  const text = frames.length === 0 ? '' : [`${name}: ${explained}`, ...lines].join('\n')
  return { kind: 'failed', phase: 'run', error: { name, message: explained, stack: text, at } }
}

type Frame = { readonly within: string | null; readonly at: Position }

function framesOf(stack: string, modules: Pick<Modules, 'locate'>, files: ReadonlyMap<string, string>): Frame[] {
  return stack.split('\n').flatMap((text) => {
    const [, within, inFile, bare, line, column] =
      /^ *at (?:(\S+) \((.+?)|(\S+?)):(\d+)(?::(\d+))?\)?$/.exec(text) ?? []
    const file = inFile ?? bare
    if (file === undefined || !files.has(file)) return []
    return [{ within: within ?? null, at: modules.locate({ file, line: Number(line), column: Number(column ?? 1) }) }]
  })
}

const absent: Readonly<Record<string, string>> = Object.fromEntries([
  ...['process', 'Buffer', 'global', 'module', 'exports', '__dirname', '__filename', 'Deno', 'Bun', 'fs'].map(
    (name) => [name, 'it only computes, and is neither Node nor Deno'],
  ),
  ...['window', 'document', 'localStorage', 'sessionStorage', 'indexedDB'].map((name) => [name, 'it has no page']),
  ...['crypto', 'TextEncoder', 'TextDecoder', 'URL', 'Blob', 'AbortController', 'WebAssembly'].map((name) => [
    name,
    'it is a small engine of the language alone',
  ]),
])

/** `typeof process` must stay "undefined" for code that asks first, so the reason is given only to code that did not. */
function explain(name: string, message: string): string {
  const missing = name === 'ReferenceError' ? /^'?(\w+)'? is not defined$/.exec(message)?.[1] : undefined
  const why = missing !== undefined && Object.hasOwn(absent, missing) ? absent[missing] : undefined
  return why === undefined ? message : `${missing} is not available in this sandbox: ${why}`
}

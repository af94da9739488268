import type { RunError } from '../sandbox.ts'
import type { CompileAnswer, CompileRequest, World } from './compile-protocol.ts'
import { readSourceMap, type SourceMap } from './source-map.ts'

export type Compiled =
  | { readonly kind: 'compiled'; readonly code: string; readonly map: SourceMap }
  | { readonly kind: 'failed'; readonly error: RunError }
  | { readonly kind: 'unavailable'; readonly reason: string }

export interface Compiler {
  /** Bundles the entry and what it imports from `files` into one ES module. */
  compile(entry: string, files: ReadonlyMap<string, string>): Promise<Compiled>
  /** Loads the compiler ahead of its first use. */
  warm(): void
  dispose(): void
}

/**
 * esbuild in a trusted worker of our own origin; it reads user code but never runs it. Loaded at first use, one for all
 * sessions of the page, and ended a while after the last of them.
 */
export function createCompiler(world: World): Compiler {
  users += 1
  clearTimeout(ending)
  let isDisposed = false
  return {
    warm: () => void load(),
    dispose() {
      if (isDisposed) return
      isDisposed = true
      users -= 1
      if (users === 0) ending = setTimeout(() => fail('The compiler was closed.'), idleMs)
    },
    async compile(entry, files) {
      const { promise, resolve } = Promise.withResolvers<CompileAnswer>()
      nextId += 1
      waiting.set(nextId, resolve)
      load().postMessage({ id: nextId, world, entry, files } satisfies CompileRequest)
      return read(await promise)
    },
  }
}

const idleMs = 60_000
const waiting = new Map<number, (answer: CompileAnswer) => void>()
let worker: Worker | undefined
let nextId = 0
let users = 0
let ending: ReturnType<typeof setTimeout> | undefined

function load(): Worker {
  if (worker !== undefined) return worker
  const made = new Worker(new URL('./compile.worker.ts', import.meta.url), { type: 'module' })
  made.onmessage = (event: MessageEvent<CompileAnswer>) => {
    waiting.get(event.data.id)?.(event.data)
    waiting.delete(event.data.id)
  }
  made.onerror = () => fail('The TypeScript compiler could not be loaded. Reload the page and try again.')
  worker = made
  return made
}

function fail(reason: string): void {
  worker?.terminate()
  worker = undefined
  for (const [id, answer] of waiting) answer({ id, kind: 'unavailable', reason })
  waiting.clear()
}

function read(answer: CompileAnswer): Compiled {
  if (answer.kind === 'unavailable') return answer
  if (answer.kind === 'compiled') {
    return { kind: 'compiled', code: answer.code, map: readSourceMap(answer.sources, answer.mappings) }
  }
  const [first] = answer.problems
  const describe = ({ message, at }: (typeof answer.problems)[number]) =>
    at === null ? message : `${message}\n    at ${at.file}:${at.line}:${at.column}`
  const stack = answer.problems.map(describe).join('\n')
  const message = first?.message ?? 'The code does not compile.'
  return { kind: 'failed', error: { name: 'SyntaxError', message, stack, at: first?.at ?? null } }
}

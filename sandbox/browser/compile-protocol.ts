import type { Position } from '../sandbox.ts'

/** Where the code will run: alone in a worker, or in Node, which has modules and packages of its own. */
export type World = 'worker' | 'node'

export type CompileRequest = {
  readonly id: number
  readonly world: World
  readonly entry: string
  readonly files: ReadonlyMap<string, string>
}

export type CompileProblem = { readonly message: string; readonly at: Position | null }

export type CompileAnswer =
  | {
      readonly id: number
      readonly kind: 'compiled'
      readonly code: string
      readonly sources: readonly string[]
      readonly mappings: string
    }
  | { readonly id: number; readonly kind: 'failed'; readonly problems: readonly CompileProblem[] }
  | { readonly id: number; readonly kind: 'unavailable'; readonly reason: string }

import type { Position } from '../sandbox.ts'

export type CompileRequest = {
  readonly id: number
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

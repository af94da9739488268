import type { CodePiece } from '../../ui/code-acts.ts'

/** Runs files and the code in them; given by whoever knows how. */
export type FileRunner = {
  /** Whether a file of this name is one it runs. */
  can: (path: string) => boolean
  run: (path: string) => void
  /** Whether code in this language, as a text names it, is code it runs. */
  knows: (language: string) => boolean
  /** Puts code by itself where it can be run. */
  open: (piece: CodePiece) => void
}

import { createContext, type ReactNode } from 'react'

/** Code as it stands on the screen. */
export type CodePiece = {
  text: string
  /** As it was written: ts, python, … or nothing. */
  language: string
  /** Leads back to all that belonged to it, for whoever knows the name. */
  source?: string
}

/** What may be done with code wherever it is shown; given by whoever knows, as nothing where nobody does. */
export const CodeActs = createContext<(piece: CodePiece) => ReactNode>(() => null)

import type { OutputPiece } from './contract.ts'
import { maxRunOutputChars, maxRunPieces } from './limits.ts'

export type CutOutput = { readonly output: readonly OutputPiece[]; readonly leftOut: number }

/** The beginning and the end of what a program said, as much as is kept of it, and how many characters are missing between. */
export function cutOutput(
  output: readonly OutputPiece[],
  { chars, pieces }: { chars: number; pieces: number } = { chars: maxRunOutputChars, pieces: maxRunPieces },
): CutOutput {
  const total = lengthOf(output)
  if (total <= chars && output.length <= pieces) return { output, leftOut: 0 }
  const half = { chars: Math.floor(chars / 2), pieces: Math.floor(pieces / 2) }
  const head = firstOf(output, half.chars, half.pieces)
  const rest = total - lengthOf(head)
  const tail = lastOf(output, Math.min(half.chars, rest), half.pieces)
  return { output: [...head, ...tail], leftOut: rest - lengthOf(tail) }
}

function firstOf(output: readonly OutputPiece[], chars: number, pieces: number): OutputPiece[] {
  const kept: OutputPiece[] = []
  let room = chars
  for (const { stream, text } of output) {
    if (room <= 0 || kept.length === pieces) break
    kept.push({ stream, text: text.slice(0, room) })
    room -= text.length
  }
  return kept
}

function lastOf(output: readonly OutputPiece[], chars: number, pieces: number): OutputPiece[] {
  const kept: OutputPiece[] = []
  let room = chars
  for (const { stream, text } of output.toReversed()) {
    if (room <= 0 || kept.length === pieces) break
    kept.unshift({ stream, text: text.slice(-room) })
    room -= text.length
  }
  return kept
}

function lengthOf(output: readonly OutputPiece[]): number {
  return output.reduce((sum, { text }) => sum + text.length, 0)
}

import type { Change } from './contract.ts'

/** The changes that take these back: the last first, each from where it led to where it came from. */
export function turnAround(changes: readonly Change[]): Change[] {
  return changes.toReversed().map(turned)
}

function turned(change: Change): Change {
  switch (change.kind) {
    case 'seat':
      return { ...change, moves: change.moves.map((move) => ({ ...move, from: move.to, to: move.from })) }
    case 'place':
      return { ...change, placements: change.placements.map((one) => ({ ...one, from: one.to, to: one.from })) }
    case 'life':
      return { ...change, from: change.to, to: change.from }
    case 'name':
      return { ...change, from: change.to, to: change.from }
    case 'mark':
      return { ...change, from: change.to, to: change.from }
    case 'file':
      return { ...change, from: change.to, to: change.from }
    case 'path':
      return { ...change, from: change.to, to: change.from }
    default:
      return change satisfies never
  }
}

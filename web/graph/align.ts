import type { Position } from '#shared/workspaces/contract.ts'
import type { Box } from './hit-test.ts'

export const alignments = ['left', 'centre', 'right', 'top', 'middle', 'bottom'] as const
export type Alignment = (typeof alignments)[number]
export type Direction = 'across' | 'down'

type Place = { id: string; position: Position }

/** The cards on one line: their outermost edge, or the middle of what they span. All cards are of one size. */
export function align(cards: readonly Box[], alignment: Alignment): Place[] {
  const axis = alignment === 'left' || alignment === 'centre' || alignment === 'right' ? 'x' : 'y'
  const all = cards.map(({ position }) => position[axis])
  const [least, most] = [Math.min(...all), Math.max(...all)]
  const lines = { left: least, top: least, right: most, bottom: most } as const
  const line = alignment === 'centre' || alignment === 'middle' ? Math.round((least + most) / 2) : lines[alignment]
  return cards.map(({ id, position }) => ({ id, position: { ...position, [axis]: line } }))
}

/** The cards at equal distances between the outermost two, in the order they lie. */
export function distribute(cards: readonly Box[], direction: Direction): Place[] {
  const axis = direction === 'across' ? 'x' : 'y'
  const sorted = cards.toSorted((a, b) => a.position[axis] - b.position[axis])
  const first = sorted[0]?.position[axis] ?? 0
  const gap = ((sorted.at(-1)?.position[axis] ?? 0) - first) / Math.max(1, sorted.length - 1)
  return sorted.map(({ id, position }, place) => ({
    id,
    position: { ...position, [axis]: Math.round(first + place * gap) },
  }))
}

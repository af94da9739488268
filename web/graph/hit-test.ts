import type { Position } from '#shared/workspaces/contract.ts'
import { cardSize } from './card-size.ts'

export type Box = { id: string; position: Position }

/** The topmost card under a point of the canvas; of cards that overlap, the one drawn last. */
export function cardAt<T extends Box>(
  cards: readonly T[],
  point: Position,
  without: ReadonlySet<string>,
): T | undefined {
  return cards.findLast(({ id, position }) => !without.has(id) && contains(position, point))
}

export type Bounds = { x: number; y: number; width: number; height: number }

/** The smallest rectangle around all cards. */
export function boundsOf(cards: readonly Box[]): Bounds | undefined {
  if (cards.length === 0) return undefined
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { position } of cards) {
    left = Math.min(left, position.x)
    top = Math.min(top, position.y)
    right = Math.max(right, position.x + cardSize.width)
    bottom = Math.max(bottom, position.y + cardSize.height)
  }
  return { x: left, y: top, width: right - left, height: bottom - top }
}

function contains({ x, y }: Position, point: Position): boolean {
  return point.x >= x && point.x < x + cardSize.width && point.y >= y && point.y < y + cardSize.height
}

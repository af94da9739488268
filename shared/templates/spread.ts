import type { Position } from '../workspaces/contract.ts'

/** A card with the room around it, as our graph draws them. */
const room = { width: 256, height: 108 } as const
const most = 4

/**
 * Positions of a template drawn for smaller cards, pulled apart until no two of ours overlap: both axes by one factor each, so
 * that the picture stays the same. Undefined where no factor helps; then the layout places them.
 */
export function spread(positions: readonly Position[]): Position[] | undefined {
  const factor = { x: 1, y: 1 }
  for (const [index, a] of positions.entries()) {
    for (const b of positions.slice(index + 1)) {
      const apart = { x: Math.abs(a.x - b.x), y: Math.abs(a.y - b.y) }
      if (apart.x * factor.x >= room.width || apart.y * factor.y >= room.height) continue
      const wanted = { x: room.width / apart.x, y: room.height / apart.y }
      if (Math.min(wanted.x, wanted.y) > most) return undefined
      if (wanted.x <= wanted.y) factor.x = Math.max(factor.x, wanted.x)
      else factor.y = Math.max(factor.y, wanted.y)
    }
  }
  return positions.map(({ x, y }) => ({ x: Math.round(x * factor.x), y: Math.round(y * factor.y) }))
}

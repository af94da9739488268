import type { Position } from '#shared/workspaces/contract.ts'
import type { Bounds } from './hit-test.ts'

/** A card that something could be dropped on. */
export type DropTarget = Bounds & { id: string; zIndex: number; depth: number }

/**
 * What is meant by dropping here: of the cards under the point the highest, of those the deepest in the chart, of those the
 * smallest.
 */
export function dropTargetAt<T extends DropTarget>(
  targets: readonly T[],
  point: Position,
  without: ReadonlySet<string>,
): T | undefined {
  return targets
    .filter((target) => !without.has(target.id) && contains(target, point))
    .toSorted((a, b) => b.zIndex - a.zIndex || b.depth - a.depth || a.width * a.height - b.width * b.height)[0]
}

function contains({ x, y, width, height }: Bounds, point: Position): boolean {
  return point.x >= x && point.x < x + width && point.y >= y && point.y < y + height
}

import type { Position } from '#shared/workspaces/contract.ts'
import type { Tree } from './read-trees.ts'

/** The same team, its cards all shifted by so much; those without a place stay with the layout. */
export function moved(tree: Tree, by: Position): Tree {
  const { position } = tree
  return {
    ...tree,
    position: position && { x: position.x + by.x, y: position.y + by.y },
    below: tree.below.map((child) => moved(child, by)),
  }
}

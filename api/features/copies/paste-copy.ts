import type { PasteCopy } from '#shared/copies/contract.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Position } from '#shared/workspaces/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { recordAct } from '../acts/index.ts'
import { loadChart, lockChart, whatOf } from '../workspaces/index.ts'
import { treeOf } from './bundles.ts'
import { headsAmong } from './duplicate-workspaces.ts'
import { moved } from './moved.ts'
import { plantTrees } from './plant-trees.ts'
import type { Tree } from './read-trees.ts'

/** Makes what the bundles say under one parent, or as roots; all or nothing. Nothing of it runs. */
export async function pasteCopy(
  context: OrgContext,
  { bundles, parentId, at }: Omit<PasteCopy, 'orgId'>,
): Promise<{ made: WorkspaceId[] }> {
  requireMay(context, 'workspaces.create')
  const trees = putAt(bundles.map(treeOf), at)
  return await inTransaction(context, async (tx) => {
    await lockChart(tx)
    const heads = trees.map((tree) => ({ parentId, tree }))
    const workspaces = await plantTrees(tx, { chart: await loadChart(tx), heads, by: context.actor })
    const ids = workspaces.map(({ id }) => id)
    await recordAct(tx, context, {
      name: `paste of ${whatOf(trees.map(({ name }) => name))}`,
      changes: [{ kind: 'life', workspaceIds: ids, from: 'gone', to: 'there' }],
    })
    return { made: headsAmong(workspaces, ids) }
  })
}

/** As they lay to each other, the upper left one at the given place; without one the layout finds places. */
function putAt(trees: readonly Tree[], at: Position | null): Tree[] {
  if (at === null) return trees.map(unplaced)
  const placed = trees.flatMap(({ position }) => position ?? [])
  const [first] = trees
  if (placed.length === 0) return first ? [{ ...unplaced(first), position: at }, ...trees.slice(1).map(unplaced)] : []
  const by = {
    x: at.x - Math.min(...placed.map(({ x }) => x)),
    y: at.y - Math.min(...placed.map(({ y }) => y)),
  }
  return trees.map((tree) => moved(tree, by))
}

function unplaced(tree: Tree): Tree {
  return { ...tree, position: null, below: tree.below.map(unplaced) }
}

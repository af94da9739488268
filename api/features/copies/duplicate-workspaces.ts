import type { TakeCopy } from '#shared/copies/contract.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { recordAct } from '../acts/index.ts'
import { lockChart, whatOf } from '../workspaces/index.ts'
import { moved } from './moved.ts'
import { plantTrees } from './plant-trees.ts'
import { readTrees } from './read-trees.ts'

/** So that a copy does not cover what it is a copy of. */
const beside = { x: 32, y: 32 } as const

/** The same teams once more beside the originals: prompts, files and configs, but no secrets, memory, schedules or budgets. */
export async function duplicateWorkspaces(
  context: OrgContext,
  { workspaceIds }: Pick<TakeCopy, 'workspaceIds'>,
): Promise<{ made: WorkspaceId[] }> {
  requireMay(context, 'workspaces.create')
  return await inTransaction(context, async (tx) => {
    await lockChart(tx)
    const { chart, heads } = await readTrees(tx, { workspaceIds })
    const shifted = heads.map(({ parentId, tree }) => ({ parentId, tree: moved(tree, beside) }))
    const workspaces = await plantTrees(tx, { chart, heads: shifted, by: context.actor })
    const ids = workspaces.map(({ id }) => id)
    await recordAct(tx, context, {
      name: `duplication of ${whatOf(heads.map(({ tree }) => tree.name))}`,
      changes: [{ kind: 'life', workspaceIds: ids, from: 'gone', to: 'there' }],
    })
    return { made: headsAmong(workspaces, ids) }
  })
}

/** Those that stand below none of the others. */
export function headsAmong(
  workspaces: readonly { id: WorkspaceId; parentId: WorkspaceId | null }[],
  ids: readonly WorkspaceId[],
): WorkspaceId[] {
  const among = new Set<WorkspaceId | null>(ids)
  return workspaces.filter(({ parentId }) => !among.has(parentId)).map(({ id }) => id)
}

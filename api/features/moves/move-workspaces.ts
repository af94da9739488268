import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { MoveWorkspaces } from '#shared/moves/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { loadChart, lockChart, setParent } from '../workspaces/index.ts'
import { checkMoves } from './check-moves.ts'

/** Puts workspaces with their teams under other parents, all or none. The chart is held, so no two moves make a circle. */
export async function moveWorkspaces(
  context: OrgContext,
  { moves }: MoveWorkspaces,
): Promise<{ moved: WorkspaceId[] }> {
  requireMay(context, 'workspaces.move')
  return await inTransaction(context, async (tx) => {
    await lockChart(tx)
    const chart = await loadChart(tx)
    checkMoves(chart, moves)
    // A card that is dropped where it belongs already stays where the layout or a person put it.
    const real = moves.filter(({ workspaceId, toParentId, position }) => {
      return position !== null || chart.parentOf(workspaceId) !== toParentId
    })
    for (const { workspaceId, toParentId, position } of real) {
      const fromParentId = chart.parentOf(workspaceId) ?? null
      await setParent(tx, { workspaceId, fromParentId, toParentId, position })
    }
    return { moved: real.map((move) => move.workspaceId) }
  })
}

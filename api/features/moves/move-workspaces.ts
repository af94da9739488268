import type { Change } from '#shared/acts/contract.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { MoveWorkspaces } from '#shared/moves/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { recordAct } from '../acts/index.ts'
import { loadChart, lockChart, readSeats, setParent, setPlaces, whatOf } from '../workspaces/index.ts'
import { checkMoves } from './check-moves.ts'

/** Puts workspaces with their teams under other parents, all or none. The chart is held, so no two moves make a circle. */
export async function moveWorkspaces(
  context: OrgContext,
  { moves, places }: MoveWorkspaces,
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
    const seats = await readSeats(
      tx,
      real.map(({ workspaceId }) => workspaceId),
    )
    for (const { workspaceId, toParentId, position } of real) {
      const fromParentId = chart.parentOf(workspaceId) ?? null
      await setParent(tx, { workspaceId, fromParentId, toParentId, position })
    }
    const placements = places.length > 0 ? await setPlaces(tx, places) : []
    await recordAct(tx, context, {
      name: `move of ${whatOf(real.map(({ workspaceId }) => chart.byId.get(workspaceId)?.name))}`,
      changes: [...seatChange(real, seats), ...(placements.length > 0 ? [{ kind: 'place' as const, placements }] : [])],
    })
    return { moved: real.map((move) => move.workspaceId) }
  })
}

function seatChange(real: MoveWorkspaces['moves'], seats: Awaited<ReturnType<typeof readSeats>>): Change[] {
  const before = new Map(seats.map(({ id, parentId, position }) => [id, { parentId, position }]))
  const moves = real.flatMap(({ workspaceId, toParentId, position }) => {
    const from = before.get(workspaceId)
    return from ? [{ workspaceId, from, to: { parentId: toParentId, position } }] : []
  })
  return moves.length > 0 ? [{ kind: 'seat', moves }] : []
}

import type { PlaceWorkspaces } from '#shared/workspaces/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { noWorkspace } from './load-chart.ts'
import { type Placement, updatePositions } from './store.ts'

/** As many as an event of 8 KB holds. */
const sliceSize = 50

/** Keeps where cards lie, all or none; the last place given to one counts. */
export async function placeWorkspaces(context: OrgContext, { positions }: PlaceWorkspaces): Promise<void> {
  requireMay(context, 'workspaces.move')
  const latest = [...new Map(positions.map((placement) => [placement.workspaceId, placement])).values()]
  await inTransaction(context, async (tx) => {
    const placed = await updatePositions(tx, latest)
    if (placed.length < latest.length) throw noWorkspace()
    tellPlaced(tx, latest)
  })
}

export function tellPlaced(tx: Tx, positions: readonly Placement[]): void {
  for (let start = 0; start < positions.length; start += sliceSize) {
    tx.tell({ type: 'workspace.placed', payload: { positions: positions.slice(start, start + sliceSize) } })
  }
}

import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { PlaceWorkspaces, Position } from '#shared/workspaces/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { recordAct } from '../acts/index.ts'
import { noWorkspace, requireWorkspace } from './load-chart.ts'
import { type Placed, type Placement, updatePositions } from './store.ts'
import { whatOf } from './what-of.ts'

/** As many as an event of 8 KB holds. */
const sliceSize = 50

/** Keeps where cards lie, all or none; the last place given to one counts. */
export async function placeWorkspaces(context: OrgContext, input: PlaceWorkspaces): Promise<void> {
  requireMay(context, 'workspaces.move')
  const latest = [...new Map(input.positions.map((placement) => [placement.workspaceId, placement])).values()]
  const ids = latest.map(({ workspaceId }) => workspaceId)
  await inTransaction(context, async (tx) => {
    const placements = (await setPlaces(tx, latest)).filter(({ from, to }) => !isSamePlace(from, to))
    if (placements.length === 0) return
    await recordAct(tx, context, {
      name: input.name ?? `new place of ${await nameOf(tx, ids)}`,
      changes: [{ kind: 'place', placements }],
      ...(input.step !== undefined && { mergeKey: `${input.step} ${ids.toSorted().join()}` }),
    })
  })
}

/** Puts cards somewhere and tells it; gives where each was before. Throws not-found unless all of them live. */
export async function setPlaces(tx: Tx, placements: readonly Placement[]): Promise<Placed[]> {
  const placed = await updatePositions(tx, placements)
  if (placed.length < placements.length) throw noWorkspace()
  tellPlaced(tx, placements)
  return placed
}

export function tellPlaced(tx: Tx, positions: readonly Placement[]): void {
  for (let start = 0; start < positions.length; start += sliceSize) {
    tx.tell({ type: 'workspace.placed', payload: { positions: positions.slice(start, start + sliceSize) } })
  }
}

export function isSamePlace(a: Position | null, b: Position | null): boolean {
  return a === b || (a !== null && b !== null && a.x === b.x && a.y === b.y)
}

async function nameOf(tx: Tx, ids: readonly WorkspaceId[]): Promise<string> {
  const [only] = ids
  return ids.length === 1 && only ? (await requireWorkspace(tx, only)).name : whatOf(ids)
}

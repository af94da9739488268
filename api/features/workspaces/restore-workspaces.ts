import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { canHold } from '#shared/workspaces/can-hold.ts'
import { chartOf, descendantsOf, levelsOf } from '#shared/workspaces/chart.ts'
import type { RestoreWorkspaces } from '#shared/workspaces/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { recordAct } from '../acts/index.ts'
import { requireRoom } from './insert-workspace.ts'
import { loadChart, noWorkspace, requireWorkspace } from './load-chart.ts'
import { type KnownRow, lockChart, markRestored, selectKnown } from './store.ts'
import { whatOf } from './what-of.ts'

/**
 * Takes a deletion back: each goes under its parent where that lives or is restored along, else it becomes a root. Those
 * that live already stay as they are.
 */
export async function restoreWorkspaces(
  context: OrgContext,
  { workspaceIds }: RestoreWorkspaces,
): Promise<{ restored: WorkspaceId[] }> {
  requireMay(context, 'workspaces.delete')
  return await inTransaction(context, async (tx) => {
    await lockChart(tx)
    const { restored } = await restoreDeleted(tx, workspaceIds)
    const [only] = restored
    const name = restored.length === 1 && only ? (await requireWorkspace(tx, only)).name : whatOf(restored)
    if (restored.length > 0) {
      await recordAct(tx, context, {
        name: `return of ${name}`,
        changes: [{ kind: 'life', workspaceIds: restored, from: 'gone', to: 'there' }],
      })
    }
    return { restored }
  })
}

/** The same for a caller that holds the chart. `rooted` are those whose parent is not there any more. */
export async function restoreDeleted(
  tx: Tx,
  workspaceIds: readonly WorkspaceId[],
): Promise<{ restored: WorkspaceId[]; rooted: WorkspaceId[] }> {
  const asked = [...new Set(workspaceIds)]
  const known = await selectKnown(tx, asked)
  if (known.length < asked.length) throw noWorkspace()
  const deleted = known.filter((row) => row.isDeleted)
  await requireRoom(tx, deleted.length)
  const restored = await findParents(tx, deleted)
  await markRestored(tx, restored)
  for (const { id, parentId, before } of restored) {
    tx.tell({ type: 'workspace.restored', payload: { workspaceId: id } })
    if (parentId !== before) tellRooted(tx, id, before)
  }
  const rooted = restored.filter(({ parentId, before }) => parentId !== before)
  return { restored: restored.map(({ id }) => id), rooted: rooted.map(({ id }) => id) }
}

type Restored = { id: WorkspaceId; parentId: WorkspaceId | null; before: WorkspaceId | null }

/** Parents before their children, as they must come back. */
async function findParents(tx: Tx, deleted: readonly KnownRow[]): Promise<Restored[]> {
  const living = await loadChart(tx)
  const among = new Map(deleted.map((row) => [row.id, row.parentId]))
  // What comes back together keeps its shape.
  const shape = chartOf(
    deleted.map(({ id, parentId }) => ({ id, parentId: parentId && among.has(parentId) ? parentId : null })),
  )
  return shape.childrenOf(null).flatMap((head): Restored[] => {
    const before = among.get(head) ?? null
    const fits = before !== null && canHold(living, before, levelsOf(shape, head)).allowed
    const below = descendantsOf(shape, head).map((id) => {
      const parentId = shape.parentOf(id) ?? null
      return { id, parentId, before: parentId }
    })
    return [{ id: head, parentId: fits ? before : null, before }, ...below]
  })
}

function tellRooted(tx: Tx, workspaceId: WorkspaceId, fromParentId: WorkspaceId | null): void {
  tx.tell({ type: 'workspace.moved', payload: { workspaceId, fromParentId, toParentId: null, position: null } })
}

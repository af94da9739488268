import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { descendantsOf } from '#shared/workspaces/chart.ts'
import type { DeleteWorkspace } from '#shared/workspaces/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { wakeWorkspaces } from '../../kernel/wake.ts'
import { loadChart, noWorkspace, type OrgChart } from './load-chart.ts'
import { lockChart, markDeleted } from './store.ts'

/**
 * Deletes a workspace with its team; both can be restored. A team needs `confirmed` to name exactly those below, so that
 * nobody deletes what they did not see. The engine is woken to end their work.
 */
export async function deleteWorkspace(
  context: OrgContext,
  input: DeleteWorkspace,
): Promise<{ deleted: WorkspaceId[] }> {
  requireMay(context, 'workspaces.delete')
  const { workspaceId, confirmed } = input
  return await inTransaction(context, async (tx) => {
    await lockChart(tx)
    const chart = await loadChart(tx)
    if (chart.parentOf(workspaceId) === undefined) throw noWorkspace()
    const below = descendantsOf(chart, workspaceId)
    requireConfirmed(chart, { workspaceId, below, confirmed })

    const deleted = [workspaceId, ...below]
    // Work is locked before workspaces, everywhere; what was given in between is woken after.
    await wakeWorkspaces(tx, deleted)
    await markDeleted(tx, deleted)
    await wakeWorkspaces(tx, deleted)
    for (const id of deleted) tx.tell({ type: 'workspace.deleted', payload: { workspaceId: id } })
    return { deleted }
  })
}

type Confirmation = { workspaceId: WorkspaceId; below: readonly WorkspaceId[]; confirmed: readonly WorkspaceId[] }

function requireConfirmed(chart: OrgChart, { workspaceId, below, confirmed }: Confirmation): void {
  const seen = new Set(confirmed)
  if (seen.size === below.length && below.every((id) => seen.has(id))) return
  const descendants = below.map((id) => ({ id, name: nameIn(chart, id) }))
  const name = nameIn(chart, workspaceId)
  const message =
    below.length === 0
      ? `${name} has nobody below it any more.`
      : `Deleting ${name} also deletes ${listNames(descendants.map((one) => one.name))}.`
  throw new AppError('conflict', message, {
    field: 'confirmed',
    fix: 'Look at the team again and confirm.',
    data: { descendants },
  })
}

function nameIn(chart: OrgChart, id: WorkspaceId): string {
  return chart.byId.get(id)?.name ?? ''
}

function listNames(names: readonly string[]): string {
  const shown = names.length > 20 ? [...names.slice(0, 19), `${names.length - 19} more`] : names
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

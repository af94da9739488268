import type { Change } from '#shared/acts/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { descendantsOf } from '#shared/workspaces/chart.ts'
import type { DeleteWorkspace } from '#shared/workspaces/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { recordAct } from '../acts/index.ts'
import { loadChart, noWorkspace, type OrgChart } from './load-chart.ts'
import { removeWorkspaces } from './remove-workspaces.ts'
import { lockChart } from './store.ts'
import { whatOf } from './what-of.ts'

/**
 * Deletes a workspace with its team; both can be restored. A team needs `confirmed` to name exactly those below, so that
 * nobody deletes what they did not see. The engine is woken to end their work.
 */
export async function deleteWorkspace(
  context: OrgContext,
  input: DeleteWorkspace,
): Promise<{ deleted: WorkspaceId[] }> {
  requireMay(context, 'workspaces.delete')
  return await inTransaction(context, async (tx) => {
    await lockChart(tx)
    const { deleted, names } = await deleteTeam(tx, input)
    await recordAct(tx, context, deletionAct(deleted, names))
    return { deleted }
  })
}

/** The same for a caller that holds the chart and records the act. */
export async function deleteTeam(
  tx: Tx,
  { workspaceId, confirmed }: Pick<DeleteWorkspace, 'workspaceId' | 'confirmed'>,
): Promise<{ deleted: WorkspaceId[]; names: string[] }> {
  const chart = await loadChart(tx)
  if (chart.parentOf(workspaceId) === undefined) throw noWorkspace()
  const below = descendantsOf(chart, workspaceId)
  requireConfirmed(chart, { workspaceId, below, confirmed })
  const deleted = [workspaceId, ...below]
  await removeWorkspaces(tx, deleted)
  return { deleted, names: deleted.map((id) => nameIn(chart, id)) }
}

/** The act of deleting these, for the record. */
export function deletionAct(workspaceIds: WorkspaceId[], names: string[]): { name: string; changes: Change[] } {
  const change: Change = { kind: 'life', workspaceIds, from: 'there', to: 'gone' }
  return { name: `deletion of ${whatOf(names)}`, changes: [change] }
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

import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { type Chart, chartOf } from '#shared/workspaces/chart.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { type LivingWorkspace, toLiving } from './present.ts'
import { type ChartRow, lockRow, selectChart, selectLiving, selectOne } from './store.ts'

export type OrgChart = Chart & { workspaces: readonly ChartRow[]; byId: ReadonlyMap<WorkspaceId, ChartRow> }

/** The living workspaces of the org and who is below whom, oldest first. */
export async function loadChart(reader: Reader): Promise<OrgChart> {
  const workspaces = await selectChart(reader)
  return { ...chartOf(workspaces), workspaces, byId: new Map(workspaces.map((workspace) => [workspace.id, workspace])) }
}

export async function listLiving(reader: Reader): Promise<LivingWorkspace[]> {
  return (await selectLiving(reader)).map(toLiving)
}

/** A living workspace; not-found for one that is deleted, of another org or never was. */
export async function requireWorkspace(reader: Reader, id: WorkspaceId): Promise<LivingWorkspace> {
  const row = await selectOne(reader, id)
  if (!row) throw noWorkspace()
  return toLiving(row)
}

/** Holds a living workspace until the end of the transaction: it is neither deleted nor locked by another one meanwhile. */
export async function lockWorkspace(tx: Tx, id: WorkspaceId): Promise<void> {
  if (!(await lockRow(tx, id))) throw noWorkspace()
}

export function noWorkspace(): AppError {
  return new AppError('not-found', 'There is no such workspace.')
}

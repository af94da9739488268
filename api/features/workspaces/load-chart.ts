import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { type Chart, chartOf } from '#shared/workspaces/chart.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { type LivingWorkspace, toLiving } from './present.ts'
import { type ChartRow, lockRow, selectChart, selectLiving, selectOne, type WorkspaceRow } from './store.ts'

/** Like every walk up the chart. */
const maxHeight = 32

export type OrgChart = Chart & { workspaces: readonly ChartRow[]; byId: ReadonlyMap<WorkspaceId, ChartRow> }

/** The living workspaces of the org and who is below whom, oldest first. */
export async function loadChart(reader: Reader): Promise<OrgChart> {
  const workspaces = await selectChart(reader)
  return { ...chartOf(workspaces), workspaces, byId: new Map(workspaces.map((workspace) => [workspace.id, workspace])) }
}

export async function listLiving(reader: Reader): Promise<LivingWorkspace[]> {
  return inherit(await selectLiving(reader)).map(toLiving)
}

/** What was paused or frozen holds for everything below it. */
function inherit(rows: readonly WorkspaceRow[]): WorkspaceRow[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  const isSet = (row: WorkspaceRow, here: 'isPausedHere' | 'isFrozenHere') => {
    let at: WorkspaceRow | undefined = row
    for (let height = 0; at && height < maxHeight; height++) {
      if (at[here]) return true
      at = at.parentId === null ? undefined : byId.get(at.parentId)
    }
    return false
  }
  return rows.map((row) => ({
    ...row,
    isPaused: row.isPaused || isSet(row, 'isPausedHere'),
    isFrozen: row.isFrozen || isSet(row, 'isFrozenHere'),
  }))
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

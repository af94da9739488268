import { AppError } from '#shared/kernel/app-error.ts'
import type { RunId } from '#shared/kernel/ids.ts'
import type { RunSummary, SharedRun } from '#shared/runs/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { selectRun, selectRuns } from './store.ts'

export async function getRun(context: OrgContext, id: RunId): Promise<SharedRun> {
  requireMay(context, 'runs.read')
  const found = await inSnapshot(context.db, context.orgId, (reader) => selectRun(reader, id))
  if (!found) throw noRun()
  const { userId: _, sharedAt, ...run } = found
  return { ...run, sharedAt: sharedAt.toISOString() }
}

/** The newest first. */
export async function listRuns(context: OrgContext, limit: number): Promise<RunSummary[]> {
  requireMay(context, 'runs.read')
  return await inSnapshot(context.db, context.orgId, (reader) => selectRuns(reader, limit))
}

export function noRun(): AppError {
  return new AppError('not-found', 'There is no such run; whoever shared it may have deleted it.')
}

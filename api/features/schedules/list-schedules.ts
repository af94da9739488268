import type { ScheduleId } from '#shared/kernel/ids.ts'
import type { ListSchedules, ScheduleRun, ScheduleView } from '#shared/schedules/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { listRuns, type RunRow, type ScheduleRow, listSchedules as select } from './store.ts'

type Asked = Pick<ListSchedules, 'workspaceId'>
/** So many of the latest runs say whether it keeps failing. */
const runsLookedAt = 5
const historyShown = 50

/** The schedules of a workspace, or of the org, oldest first, each with its last run. */
export async function listSchedules(context: OrgContext, { workspaceId }: Asked): Promise<ScheduleView[]> {
  requireMay(context, 'schedules.read')
  const { db, orgId } = context
  return await inSnapshot(db, orgId, async (reader) => {
    const rows = await select(reader, workspaceId)
    const runs = await listRuns(
      reader,
      rows.map((row) => row.id),
      runsLookedAt,
    )
    return rows.map((row) =>
      present(
        row,
        runs.filter((run) => run.scheduleId === row.id),
      ),
    )
  })
}

/** What became of a schedule's planned times, newest first. */
export async function listScheduleRuns(context: OrgContext, id: ScheduleId): Promise<ScheduleRun[]> {
  requireMay(context, 'schedules.read')
  const { db, orgId } = context
  const runs = await inSnapshot(db, orgId, (reader) => listRuns(reader, [id], historyShown))
  return runs.map(presentRun)
}

function present({ lookAt, nextRunAt, createdAt, ...row }: ScheduleRow, runs: readonly RunRow[]): ScheduleView {
  const isDeferred = nextRunAt !== null && lookAt !== null && lookAt > nextRunAt
  const [last] = runs
  return {
    ...row,
    nextRunAt: nextRunAt?.toISOString() ?? null,
    deferredSince: isDeferred ? nextRunAt.toISOString() : null,
    createdAt: createdAt.toISOString(),
    failuresInARow: failuresInARow(runs),
    lastRun: last ? presentRun(last) : null,
  }
}

function failuresInARow(runs: readonly RunRow[]): number {
  const ended = runs.filter((run) => run.code === 'failed' || run.finishedAt !== null)
  const success = ended.findIndex((run) => run.code !== 'failed' && run.state !== 'failed')
  return success < 0 ? ended.length : success
}

function presentRun({ scheduleId: _, ...run }: RunRow): ScheduleRun {
  return {
    ...run,
    plannedAt: run.plannedAt.toISOString(),
    lastAt: run.lastAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
  }
}

import { AppError } from '#shared/kernel/app-error.ts'
import type { ScheduleId } from '#shared/kernel/ids.ts'
import type { StartedRun } from '#shared/schedules/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { hint } from '../../kernel/wake.ts'
import { doubleMs } from './fire-due.ts'
import { requireSchedule } from './require.ts'
import { startRun } from './start-run.ts'
import { findAlive, findJustFired } from './store.ts'

/** Runs it now, also where it is off. Asked twice within seconds it is one run; while its work goes on it refuses. */
export async function runSchedule(context: OrgContext, scheduleId: ScheduleId): Promise<StartedRun> {
  requireMay(context, 'schedules.run')
  const started = await inTransaction(context, async (tx) => {
    const schedule = await requireSchedule(tx, scheduleId)
    const just = await findJustFired(tx, scheduleId, doubleMs)
    if (just) return { delegationId: just.delegationId, again: true }
    const alive = await findAlive(tx, scheduleId)
    if (alive) {
      throw new AppError('busy', `${schedule.name} is still going on (${alive.state}); it runs once at a time.`, {
        fix: 'Wait for it to end, or cancel its work.',
        data: { delegationId: alive.delegationId },
      })
    }
    const { now: plannedAt } = schedule
    const by = context.actor.name
    return { delegationId: await startRun(tx, context, schedule, { plannedAt, trigger: 'person', by }), again: false }
  })
  hint(context.db, { kind: 'work' })
  return started
}

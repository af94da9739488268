import type { ScheduleId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { requireNextRun, requireSchedule } from './require.ts'
import { markDisabled, markEnabled, updateNextRun } from './store.ts'

/** From now on; what it missed while it was off is not made up for. */
export async function enableSchedule(context: OrgContext, scheduleId: ScheduleId): Promise<void> {
  requireMay(context, 'schedules.write')
  await inTransaction(context, async (tx) => {
    const schedule = await requireSchedule(tx, scheduleId)
    if (schedule.isEnabled) return
    await markEnabled(tx, scheduleId)
    await updateNextRun(tx, scheduleId, requireNextRun(schedule, schedule.now))
    tx.tell({ type: 'schedule.changed', payload: { scheduleId, workspaceId: schedule.workspaceId } })
  })
}

/** Work it has begun goes on. */
export async function disableSchedule(context: OrgContext, scheduleId: ScheduleId): Promise<void> {
  requireMay(context, 'schedules.write')
  await inTransaction(context, async (tx) => {
    const schedule = await requireSchedule(tx, scheduleId)
    if (!schedule.isEnabled) return
    await markDisabled(tx, scheduleId)
    tx.tell({ type: 'schedule.changed', payload: { scheduleId, workspaceId: schedule.workspaceId } })
  })
}

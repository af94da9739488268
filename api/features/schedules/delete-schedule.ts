import { AppError } from '#shared/kernel/app-error.ts'
import type { ScheduleId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { requireWorkspace } from '../workspaces/index.ts'
import { requireNextRun, requireSchedule } from './require.ts'
import { lockSchedule, markDeleted, markRestored, updateNextRun } from './store.ts'

/** Takes it off the list and off the clock; its history and the work it gave stay, and so it can be undone. */
export async function deleteSchedule(context: OrgContext, scheduleId: ScheduleId): Promise<void> {
  requireMay(context, 'schedules.write')
  await inTransaction(context, async (tx) => {
    const { workspaceId } = await requireSchedule(tx, scheduleId)
    await markDeleted(tx, scheduleId)
    tx.tell({ type: 'schedule.deleted', payload: { scheduleId, workspaceId } })
  })
}

/** Undoes the deletion. It is on if it was on, from now on. */
export async function restoreSchedule(context: OrgContext, scheduleId: ScheduleId): Promise<void> {
  requireMay(context, 'schedules.write')
  await inTransaction(context, async (tx) => {
    const schedule = await lockSchedule(tx, scheduleId)
    if (!schedule) throw new AppError('not-found', 'There is no such schedule.')
    if (!schedule.isDeleted) return
    await requireWorkspace(tx, schedule.workspaceId)
    await markRestored(tx, scheduleId)
    if (schedule.isEnabled) await updateNextRun(tx, scheduleId, requireNextRun(schedule, schedule.now))
    tx.tell({ type: 'schedule.created', payload: { scheduleId, workspaceId: schedule.workspaceId } })
  })
}

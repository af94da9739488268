import { AppError } from '#shared/kernel/app-error.ts'
import type { ChangeSchedule } from '#shared/schedules/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { userBehind } from '../../kernel/machines/user-behind.ts'
import { requireNextRun, requireSchedule } from './require.ts'
import { updateContent, updateNextRun } from './store.ts'

/** Saves what a person changed, unless somebody else saved meanwhile. Where the times changed it is planned anew. */
export async function changeSchedule(context: OrgContext, input: ChangeSchedule): Promise<void> {
  requireMay(context, 'schedules.write')
  const { scheduleId, version, cron, timeZone } = input
  await inTransaction(context, async (tx) => {
    const saved = await requireSchedule(tx, scheduleId)
    if (saved.version !== version) {
      throw new AppError('conflict', 'Somebody else changed this schedule before you.', {
        fix: 'Open it again and repeat your change.',
      })
    }
    const next = requireNextRun(input, saved.now)
    // Other times for the words of another are not words of one's own.
    const isTheirs = saved.byUser !== null && saved.task === input.task
    const byUser = isTheirs ? saved.byUser : await userBehind(tx, context.actor)
    await updateContent(tx, scheduleId, { ...input, byUser })
    const hasOtherTimes = saved.cron !== cron || saved.timeZone !== timeZone
    if (saved.isEnabled && hasOtherTimes) await updateNextRun(tx, scheduleId, next)
    tx.tell({ type: 'schedule.changed', payload: { scheduleId, workspaceId: saved.workspaceId } })
  })
}

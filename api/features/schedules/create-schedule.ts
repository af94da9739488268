import { AppError } from '#shared/kernel/app-error.ts'
import { ScheduleId } from '#shared/kernel/ids.ts'
import type { CreateSchedule } from '#shared/schedules/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { userBehind } from '../../kernel/machines/user-behind.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { requireWorkspace } from '../workspaces/index.ts'
import { requireNextRun } from './require.ts'
import { countSchedules, insertSchedule, readNow } from './store.ts'

const maxSchedules = 1_000

/** A new schedule of a workspace; it is on, and runs at its next time. */
export async function createSchedule(context: OrgContext, input: CreateSchedule): Promise<{ scheduleId: ScheduleId }> {
  requireMay(context, 'schedules.write')
  const scheduleId = ScheduleId.parse(uuidv7())
  await inTransaction(context, (tx) => insertOne(tx, context, scheduleId, input))
  return { scheduleId }
}

/** The same within a transaction of the caller, who has checked the role. */
export async function insertOne(tx: Tx, { actor }: OrgContext, id: ScheduleId, input: CreateSchedule): Promise<void> {
  const { workspaceId, name, cron, timeZone, task, priority } = input
  await requireWorkspace(tx, workspaceId)
  if ((await countSchedules(tx)) >= maxSchedules) {
    throw new AppError('too-large', `An organisation has at most ${maxSchedules} schedules.`, {
      fix: 'Delete one that is not needed.',
    })
  }
  const nextRunAt = requireNextRun(input, await readNow(tx))
  const by = { createdBy: actor.name, byUser: await userBehind(tx, actor) }
  await insertSchedule(tx, { id, workspaceId, name, cron, timeZone, task, priority, nextRunAt, ...by })
  tx.tell({ type: 'schedule.created', payload: { scheduleId: id, workspaceId } })
}

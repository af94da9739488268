import { AppError } from '#shared/kernel/app-error.ts'
import type { ScheduleId } from '#shared/kernel/ids.ts'
import type { Tx } from '../../kernel/db.ts'
import { nextRun } from './next-run.ts'
import { lockSchedule } from './store.ts'

/** Holds a living schedule to the end of the transaction; not-found for one that was deleted, is another org's or never was. */
export async function requireSchedule(tx: Tx, id: ScheduleId) {
  const schedule = await lockSchedule(tx, id)
  if (!schedule || schedule.isDeleted) throw new AppError('not-found', 'There is no such schedule.')
  return schedule
}

export function requireNextRun(of: { cron: string; timeZone: string }, now: Date): Date {
  const next = nextRun(of, now)
  if (next) return next
  throw new AppError('bad-input', `"${of.cron}" names a time that never comes.`, {
    field: 'cron',
    fix: 'Look at the day and the month: there is no 30 February.',
  })
}

import { AppError } from '#shared/kernel/app-error.ts'
import type { SkipCode } from '#shared/schedules/contract.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { type Db, inTransaction, type Tx } from '../../kernel/db.ts'
import { hint } from '../../kernel/wake.ts'
import { nextRun } from './next-run.ts'
import { runsKept, startRun } from './start-run.ts'
import {
  type Claimed,
  claimDue,
  dropOldRuns,
  findAlive,
  findJustFired,
  limitStatements,
  lockSchedule,
  readStanding,
  recordSkip,
  type ScheduleRow,
  updateLookIn,
  updateNextRun,
} from './store.ts'

const atOnce = 10
/** A node that claims and dies gives its claims back after this time. */
const leaseMs = 30_000
const statementMs = 10_000
/** The run before may take this long past the planned time; then that time is skipped. */
const deferMs = 2 * 60_000
const lookAgainMs = 3_000
/** Two triggers this close are one: a person and the clock, or a double click. */
export const doubleMs = 15_000

const clock = { kind: 'system', name: 'clock' } as const

/** Fires what is due, in every org. Any number of nodes may try: each planned time is fired once. */
export async function fireDue(db: Db): Promise<void> {
  for (;;) {
    const due = await claimDue(db, atOnce, leaseMs)
    const outcomes = await Promise.allSettled(due.map((claimed) => fireOrRecord(db, claimed)))
    hint(db, { kind: 'work' })
    const failed = outcomes.find((outcome) => outcome.status === 'rejected')
    if (failed) throw failed.reason
    if (due.length < atOnce) return
  }
}

/** A schedule that cannot be started is written down as skipped, with the reason, and its next time comes all the same. */
async function fireOrRecord(db: Db, { orgId, scheduleId }: Claimed): Promise<void> {
  const context: OrgContext = { db, orgId, actor: clock }
  const inTime = (act: (tx: Tx, schedule: Due) => Promise<void>) =>
    inTransaction(context, async (tx) => {
      await limitStatements(tx, statementMs)
      const schedule = await lockSchedule(tx, scheduleId)
      if (isDue(schedule)) await act(tx, schedule)
    })
  try {
    await inTime((tx, schedule) => fire(tx, context, schedule))
  } catch (error) {
    const isForPeople = error instanceof AppError
    const reason = isForPeople ? error.message : 'The server could not start it; its log says why.'
    await inTime((tx, schedule) => skip(tx, schedule, isForPeople ? 'refused' : 'failed', reason))
    if (!isForPeople) throw error
  }
}

type Due = ScheduleRow & { now: Date; nextRunAt: Date; lookAt: Date }

function isDue(schedule: Awaited<ReturnType<typeof lockSchedule>>): schedule is Due & { isDeleted: boolean } {
  if (!schedule || schedule.nextRunAt === null || schedule.lookAt === null) return false
  return schedule.lookAt <= schedule.now
}

async function fire(tx: Tx, context: OrgContext, schedule: Due): Promise<void> {
  const { id, workspaceId, nextRunAt: plannedAt, now } = schedule
  const standing = await readStanding(tx, workspaceId)
  if (!standing || standing.isRemoved) return await skip(tx, schedule, 'removed', 'Its workspace was removed.')
  if (standing.isStopped) return await skip(tx, schedule, 'stopped', 'The organisation is stopped.')
  if (standing.isPaused) return await skip(tx, schedule, 'paused', `${standing.name} is paused.`)
  if (await findAlive(tx, id)) {
    if (now.getTime() - plannedAt.getTime() < deferMs) return await updateLookIn(tx, id, lookAgainMs)
    return await skip(tx, schedule, 'overlap', 'The run before had not ended after 2 minutes.')
  }
  const just = await findJustFired(tx, id, doubleMs)
  if (just) return await skip(tx, schedule, 'double', `${just.by ?? 'The clock'} had started it a moment before.`)
  await startRun(tx, context, schedule, { plannedAt, trigger: 'clock', by: null })
  await plan(tx, schedule)
}

async function skip(tx: Tx, schedule: Due, code: SkipCode, reason: string): Promise<void> {
  const { id, workspaceId, nextRunAt: plannedAt } = schedule
  const isNew = await recordSkip(tx, { id, plannedAt, code, reason: reason.slice(0, maxReasonChars) })
  await plan(tx, schedule)
  await dropOldRuns(tx, id, runsKept)
  // The same reason again is counted, not told anew: a pause of a week is one line.
  if (!isNew) return
  const payload = { scheduleId: id, workspaceId, reason: reason.slice(0, maxReasonChars) }
  tx.tell({ type: 'schedule.skipped', payload })
}

const maxReasonChars = 400

/** From now on, not from the planned time: what was missed while nobody was there is run once, not once for each. */
async function plan(tx: Tx, schedule: Due): Promise<void> {
  await updateNextRun(tx, schedule.id, nextRunOrNone(schedule) ?? null)
}

/** A line that no clock can read any more has no next time; the others go on. */
function nextRunOrNone(schedule: Due): Date | undefined {
  try {
    return nextRun(schedule, schedule.now)
  } catch {
    return undefined
  }
}

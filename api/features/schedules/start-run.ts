import type { DelegationId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import type { Tx } from '../../kernel/db.ts'
import { userBehind } from '../../kernel/machines/user-behind.ts'
import { delegateIn } from '../delegations/index.ts'
import { dropOldRuns, insertFired, type ScheduleRow } from './store.ts'

type Start = { plannedAt: Date; trigger: 'clock' | 'person'; by: string | null }

/** A run older than this many of its schedule is forgotten; its delegation stays. */
export const runsKept = 200

/** Gives the schedule's workspace its task, as the beginning of a chain of its own, and writes the run down. */
export async function startRun(
  tx: Tx,
  context: OrgContext,
  schedule: ScheduleRow,
  { plannedAt, trigger, by }: Start,
): Promise<DelegationId> {
  const { id, workspaceId, name, task, priority } = schedule
  const { db, orgId } = context
  // Whose words they are and who pressed run: neither answers what the work asks.
  const people = [schedule.byUser, await userBehind(tx, context.actor)].filter((one) => one !== null)
  const actor = { kind: 'system' as const, name: `schedule:${name}`, onBehalfOf: [...new Set(people)] }
  const asSchedule: OrgContext = { db, orgId, actor }
  const idempotencyKey = `schedule:${id}:${plannedAt.toISOString()}`
  const { delegationId } = await delegateIn(tx, asSchedule, { workspaceId, task, priority, idempotencyKey })
  await insertFired(tx, { id, plannedAt, trigger, by, delegationId })
  await dropOldRuns(tx, id, runsKept)
  tx.tell({ type: 'schedule.fired', payload: { scheduleId: id, workspaceId, delegationId } })
  return delegationId
}

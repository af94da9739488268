import { Hold, type RecordedStep } from '#shared/delegations/journal.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

/** The hold nothing has released yet. */
export async function findOpenHold(reader: Reader, id: DelegationId): Promise<Hold | undefined> {
  const row = await reader.row<{ output: unknown }>(sql`
    select h.output from steps h
     where h.org_id = ${reader.orgId} and h.delegation_id = ${id} and h.kind = 'note' and h.name = 'hold'
       and not exists (select from steps r where r.org_id = h.org_id and r.delegation_id = h.delegation_id
                         and r.kind = 'note' and r.name = 'released' and r.step > h.step)
     order by h.step desc limit 1`)
  return row && Hold.parse(row.output)
}

/** Was a hold released after the first so many steps? */
export async function wasReleased(reader: Reader, id: DelegationId, steps: number): Promise<boolean> {
  const row = await reader.row(sql`
    select step from steps
     where org_id = ${reader.orgId} and delegation_id = ${id} and kind = 'note' and name = 'released' and step >= ${steps}
     limit 1`)
  return row !== undefined
}

/** Effects that were interrupted are kept until the next decision lets them begin once more, or count as failed. */
export async function settleInterruptedSteps(
  tx: Tx,
  id: DelegationId,
  how: 'again' | 'skip',
): Promise<Pick<RecordedStep, 'step' | 'kind' | 'state' | 'name'>[]> {
  return await tx.rows(sql`
    update steps
       set state = ${how === 'again' ? 'waiting' : 'failed'}, attempt = attempt + ${how === 'again' ? 1 : 0}::int,
           error = case when ${how} = 'skip' then error || ' A person decided not to run it again.' end,
           finished_at = case when ${how} = 'skip' then now() end
     where org_id = ${tx.orgId} and delegation_id = ${id} and state = 'waiting' and child_id is null and error is not null
    returning step, kind, state, name`)
}

import { stepsTaken } from '#shared/delegations/decide.ts'
import type { Journal, RecordedStep } from '#shared/delegations/journal.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { json, sql } from '../../kernel/sql.ts'

/**
 * Gives the new delegation the first steps of its source. What they cost was paid by the source, so here they cost nothing;
 * questions they asked were asked there.
 */
export async function copySteps(
  tx: Tx,
  { sourceId, forkId }: { sourceId: DelegationId; forkId: DelegationId },
  journal: Journal,
): Promise<void> {
  const { steps } = journal
  const last = steps.at(-1)?.step ?? 0
  const outputs = steps.map(({ step, state, output, error }: RecordedStep) => ({ step, state, output, error }))
  await Promise.all([
    tx.rows(sql`
      insert into steps (org_id, delegation_id, step, kind, state, name, asked_by, call, child_id, is_safe, is_rehearsal,
                         input, output, error, decider_version, started_at, finished_at)
      select s.org_id, ${forkId}, s.step, s.kind, e.state, s.name, s.asked_by, s.call, s.child_id, s.is_safe, s.is_rehearsal,
             s.input, nullif(e.output, 'null'::jsonb), e.error, s.decider_version, now(), now()
        from steps s
        join jsonb_to_recordset(${json(outputs)}::jsonb) as e(step int, state text, output jsonb, error text)
          on e.step = s.step
       where s.org_id = ${tx.orgId} and s.delegation_id = ${sourceId}`),
    tx.rows(sql`
      update delegations set forked_from = ${sourceId}, forked_at_step = ${last}, steps_taken = ${stepsTaken(journal)}
       where org_id = ${tx.orgId} and id = ${forkId}`),
  ])
}

export type ForkRow = { id: DelegationId; atStep: number; createdAt: Date }
export type Kin = { forkedFrom: DelegationId | null; forkedAtStep: number | null }

export async function readKin(reader: Reader, id: DelegationId): Promise<Kin | undefined> {
  return await reader.row<Kin>(sql`
    select forked_from as "forkedFrom", forked_at_step as "forkedAtStep"
      from delegations where org_id = ${reader.orgId} and id = ${id}`)
}

const maxForks = 50

/** Newest first. */
export async function forksOf(reader: Reader, id: DelegationId): Promise<ForkRow[]> {
  return await reader.rows<ForkRow>(sql`
    select id, forked_at_step as "atStep", created_at as "createdAt"
      from delegations where org_id = ${reader.orgId} and forked_from = ${id}
     order by created_at desc limit ${maxForks}`)
}

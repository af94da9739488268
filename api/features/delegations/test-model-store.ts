import type { DelegationId } from '#shared/kernel/ids.ts'
import type { Tx } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

type End = { answer: string | null; reason: string | null; cost: number }

export async function endTest(tx: Tx, id: DelegationId, { answer, reason, cost }: End): Promise<void> {
  await tx.rows(sql`
    update delegations
       set state = ${answer === null ? 'failed' : 'completed'}, answer = ${answer}, reason = ${reason}, cost = ${cost},
           has_started = true, started_at = coalesce(started_at, now()), finished_at = now()
     where org_id = ${tx.orgId} and id = ${id}`)
}

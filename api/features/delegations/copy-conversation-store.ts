import type { DelegationId } from '#shared/kernel/ids.ts'
import type { Tx } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

/** Work that takes the place of other work begins with what that one was given of its conversation. */
export async function copyConversation(tx: Tx, from: DelegationId, to: DelegationId): Promise<void> {
  await tx.rows(sql`
    insert into steps (org_id, delegation_id, step, kind, state, name, input, output, decider_version, started_at, finished_at)
    select s.org_id, ${to}, 0, s.kind, s.state, s.name, s.input, s.output, s.decider_version, now(), now()
      from steps s
     where s.org_id = ${tx.orgId} and s.delegation_id = ${from} and s.kind = 'note' and s.name = 'conversation'`)
}

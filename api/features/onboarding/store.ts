import type { UserId } from '#shared/kernel/ids.ts'
import type { Guide, GuidedAct } from '#shared/onboarding/contract.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

export async function selectGuide(reader: Reader, userId: UserId): Promise<Guide> {
  const found = await reader.row<Guide>(sql`
    select coalesce(g.done, '{}') as done, coalesce(g.is_hidden, false) as "isHidden",
           exists (select 1 from templates t where t.org_id = ${reader.orgId} and t.rehearsal ~* '\\mrunaway\\M') as "isOffered"
      from (select 1) one left join guides g on g.org_id = ${reader.orgId} and g.user_id = ${userId}::text`)
  return found ?? { isOffered: false, done: [], isHidden: false }
}

export async function insertDone(tx: Tx, userId: UserId, act: GuidedAct): Promise<void> {
  await tx.rows(sql`
    insert into guides as g (org_id, user_id, done) values (${tx.orgId}, ${userId}::text, ${[act]}::text[])
    on conflict (org_id, user_id) do update set done = g.done || excluded.done
     where not (g.done @> excluded.done)`)
}

export async function updateHidden(tx: Tx, userId: UserId, isHidden: boolean): Promise<void> {
  await tx.rows(sql`
    insert into guides (org_id, user_id, is_hidden) values (${tx.orgId}, ${userId}::text, ${isHidden})
    on conflict (org_id, user_id) do update set is_hidden = excluded.is_hidden`)
}

export async function deleteDone(tx: Tx, userId: UserId): Promise<void> {
  await tx.rows(sql`update guides set done = '{}' where org_id = ${tx.orgId} and user_id = ${userId}::text`)
}

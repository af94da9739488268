import type { UserId } from '#shared/kernel/ids.ts'
import type { KeptLook, LastLook, View, ViewId, ViewLook } from '#shared/views/contract.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { json, sql } from '../../kernel/sql.ts'

export async function selectViews(reader: Reader, userId: UserId): Promise<View[]> {
  return await reader.rows<View>(sql`
    select id, name, look from views
     where org_id = ${reader.orgId} and user_id = ${userId}::text order by created_at, id`)
}

export async function countOtherViews(tx: Tx, userId: UserId, id: ViewId): Promise<number> {
  const row = await tx.row<{ count: number }>(sql`
    select count(*)::int as count from views
     where org_id = ${tx.orgId} and user_id = ${userId}::text and id <> ${id}`)
  return row?.count ?? 0
}

export async function upsertView(
  tx: Tx,
  userId: UserId,
  { id, name, look }: { id: ViewId; name: string; look: ViewLook },
): Promise<void> {
  await tx.rows(sql`
    insert into views (org_id, user_id, id, name, look)
    values (${tx.orgId}, ${userId}::text, ${id}, ${name}::text, ${json(look)}::jsonb)
    on conflict (org_id, user_id, id) do update set name = excluded.name, look = excluded.look`)
}

/** False where the person has no such view. */
export async function updateName(tx: Tx, userId: UserId, id: ViewId, name: string): Promise<boolean> {
  const rows = await tx.rows(sql`
    update views set name = ${name}::text
     where org_id = ${tx.orgId} and user_id = ${userId}::text and id = ${id} returning id`)
  return rows.length > 0
}

/** False where the person has no such view. */
export async function deleteRow(tx: Tx, userId: UserId, id: ViewId): Promise<boolean> {
  const rows = await tx.rows(sql`
    delete from views where org_id = ${tx.orgId} and user_id = ${userId}::text and id = ${id} returning id`)
  return rows.length > 0
}

export async function selectLastLook(reader: Reader, userId: UserId): Promise<KeptLook | undefined> {
  return await reader.row<KeptLook>(sql`
    select look, stamp from last_looks where org_id = ${reader.orgId} and user_id = ${userId}::text`)
}

export async function upsertLastLook(tx: Tx, userId: UserId, { look, stamp }: { look: LastLook; stamp: string }) {
  await tx.rows(sql`
    insert into last_looks (org_id, user_id, look, stamp)
    values (${tx.orgId}, ${userId}::text, ${json(look)}::jsonb, ${stamp}::uuid)
    on conflict (org_id, user_id) do update set look = excluded.look, stamp = excluded.stamp`)
}

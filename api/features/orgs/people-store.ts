import type { UserId } from '#shared/kernel/ids.ts'
import type { Role } from '#shared/orgs/contract.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

export type MemberRow = { userId: UserId; name: string; email: string | null; role: Role; joinedAt: Date }

/** Everybody in the org, the most powerful first, then by name. */
export async function selectMembers(reader: Reader): Promise<MemberRow[]> {
  return await reader.rows<MemberRow>(sql`
    select user_id as "userId", name, email, role, joined_at as "joinedAt" from people_of_org()
     order by array_position(array['owner', 'admin', 'manager', 'member', 'viewer'], role), lower(name), user_id`)
}

export async function selectFormer(reader: Reader): Promise<{ userId: UserId; name: string }[]> {
  return await reader.rows<{ userId: UserId; name: string }>(sql`
    select user_id as "userId", name from past_members where org_id = ${reader.orgId} order by left_at desc limit 1000`)
}

export type Standing = { userId: UserId; role: Role }

/** Holds all memberships until the end: two who leave, or demote each other, do so one after the other. */
export async function lockMembers(tx: Tx): Promise<Standing[]> {
  return await tx.rows<Standing>(sql`
    select user_id as "userId", role from members where org_id = ${tx.orgId} order by user_id for update`)
}

/** False where the person is in the org already. */
export async function addMember(tx: Tx, { userId, role }: Standing): Promise<boolean> {
  const added = await tx.rows(sql`
    insert into members (org_id, user_id, role) values (${tx.orgId}, ${userId}, ${role})
    on conflict do nothing returning user_id`)
  if (added.length === 0) return false
  await tx.rows(sql`delete from past_members where org_id = ${tx.orgId} and user_id = ${userId}`)
  return true
}

export async function updateRole(tx: Tx, { userId, role }: Standing): Promise<void> {
  await tx.rows(sql`update members set role = ${role} where org_id = ${tx.orgId} and user_id = ${userId}`)
}

/** The name stays, for what the log says of them. Keys of theirs end for good, also if they are invited again. */
export async function deleteMember(tx: Tx, userId: UserId): Promise<void> {
  await tx.rows(sql`
    insert into past_members (org_id, user_id, name)
    select ${tx.orgId}, user_id, name from people_of_org() where user_id = ${userId}
    on conflict (org_id, user_id) do update set name = excluded.name, left_at = now()`)
  await tx.rows(sql`delete from members where org_id = ${tx.orgId} and user_id = ${userId}`)
  await tx.rows(sql`
    update api_keys set revoked_at = now()
     where org_id = ${tx.orgId} and user_id = ${userId} and revoked_at is null`)
}

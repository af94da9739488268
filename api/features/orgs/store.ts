import { OrgId, type UserId } from '#shared/kernel/ids.ts'
import { type ContactPolicy, Org, type Role } from '#shared/orgs/contract.ts'
import { callAcrossOrgs, type Db, type Reader, readRow, type Tx } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { noSuchOrg } from '../../kernel/trpc.ts'

export async function insertOrg(tx: Tx, name: string, contactPolicy: ContactPolicy): Promise<void> {
  await tx.rows(sql`insert into orgs (id, name, contact_policy) values (${tx.orgId}, ${name}, ${contactPolicy})`)
  await tx.rows(sql`insert into org_sequences (org_id) values (${tx.orgId})`)
}

export async function insertMember(tx: Tx, userId: UserId, role: Role): Promise<void> {
  await tx.rows(sql`insert into members (org_id, user_id, role) values (${tx.orgId}, ${userId}, ${role})`)
}

type OrgRow = {
  id: string
  name: string
  contact_policy: string
  is_rehearsal: boolean
  role: string
  is_stopped: boolean
  is_frozen: boolean
}

/** The orgs of a person, oldest first. */
export async function listOrgsOf(db: Db, userId: UserId): Promise<Org[]> {
  const rows = await callAcrossOrgs<OrgRow>(db, sql`select * from orgs_of_user(${userId})`)
  return rows.map(present)
}

/** As whoever has this role in it sees it. */
export async function findOrg(db: Db, orgId: OrgId, role: Role): Promise<Org | undefined> {
  const row = await readRow<Omit<OrgRow, 'role'>>(
    db,
    orgId,
    sql`
      select id, name, contact_policy, is_rehearsal, stopped_at is not null as is_stopped, frozen_at is not null as is_frozen
        from orgs where id = ${orgId}`,
  )
  return row && present({ ...row, role })
}

/** Locks the org's row. Gives the policy it had, or undefined when it had this one already. */
export async function replaceContactPolicy(tx: Tx, contactPolicy: ContactPolicy): Promise<{ wasChanged: boolean }> {
  const changed = await tx.rows(sql`
    update orgs set contact_policy = ${contactPolicy}
     where id = ${tx.orgId} and contact_policy <> ${contactPolicy} returning id`)
  return { wasChanged: changed.length > 0 }
}

/** True where that changed anything. */
export async function replaceRehearsal(tx: Tx, isRehearsal: boolean): Promise<boolean> {
  const changed = await tx.rows(sql`
    update orgs set is_rehearsal = ${isRehearsal} where id = ${tx.orgId} and is_rehearsal <> ${isRehearsal} returning id`)
  return changed.length > 0
}

export async function findName(reader: Reader): Promise<string> {
  const row = await reader.row<{ name: string }>(sql`select name from orgs where id = ${reader.orgId}`)
  if (!row) throw noSuchOrg()
  return row.name
}

/** True where that changed anything. */
export async function replaceName(tx: Tx, name: string): Promise<boolean> {
  const changed = await tx.rows(sql`
    update orgs set name = ${name} where id = ${tx.orgId} and name <> ${name} returning id`)
  return changed.length > 0
}

/** Nobody is in it any more, nothing opens it, nothing begins. False where that was so already. */
export async function shutDoors(tx: Tx): Promise<boolean> {
  const shut = await tx.rows(sql`
    update orgs set deleted_at = now(), stopped_at = coalesce(stopped_at, now())
     where id = ${tx.orgId} and deleted_at is null returning id`)
  if (shut.length === 0) return false
  await tx.rows(sql`delete from members where org_id = ${tx.orgId}`)
  await tx.rows(sql`delete from invitations where org_id = ${tx.orgId}`)
  await tx.rows(sql`update api_keys set revoked_at = now() where org_id = ${tx.orgId} and revoked_at is null`)
  await tx.rows(sql`update agent_tokens set revoked_at = now() where org_id = ${tx.orgId} and revoked_at is null`)
  return true
}

/** Ended so long ago, with no work under way any more. */
export async function orgsToErase(db: Db, patienceSeconds: number): Promise<OrgId[]> {
  const rows = await callAcrossOrgs<{ org_id: string }>(
    db,
    sql`select org_id from orgs_to_erase(${patienceSeconds}::float * interval '1 second')`,
  )
  return rows.map((row) => OrgId.parse(row.org_id))
}

/** A piece of it; gives how many rows that was, 0 when only what others point at is left. */
export async function eraseLeaves(tx: Tx, most: number): Promise<number> {
  const row = await tx.row<{ gone: string }>(sql`select erase_leaves(${most}) as gone`)
  return Number(row?.gone ?? 0)
}

/** The rest, by the keys that begin with the org. */
export async function eraseOrg(tx: Tx): Promise<void> {
  await tx.rows(sql`delete from orgs where id = ${tx.orgId} and deleted_at is not null`)
}

function present(row: OrgRow): Org {
  return Org.parse({
    id: row.id,
    name: row.name,
    contactPolicy: row.contact_policy,
    isRehearsal: row.is_rehearsal,
    isStopped: row.is_stopped,
    isFrozen: row.is_frozen,
    role: row.role,
  })
}

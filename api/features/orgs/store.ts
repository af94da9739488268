import type { OrgId, UserId } from '#shared/kernel/ids.ts'
import { type ContactPolicy, Org, type Role } from '#shared/orgs/contract.ts'
import { callAcrossOrgs, type Db, readRow, type Tx } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

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

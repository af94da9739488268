import { InvitationId, OrgId, type UserId } from '#shared/kernel/ids.ts'
import { Role } from '#shared/orgs/contract.ts'
import { type Invitation, invitationDays } from '#shared/orgs/people-contract.ts'
import { callAcrossOrgs, type Db, type Reader, type Tx } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

type InvitationRow = {
  id: InvitationId
  email: string
  role: Role
  invitedBy: string
  isMailed: boolean
  sentAt: Date
  expiresAt: Date
  isExpired: boolean
}

const columns = sql`
  id, email, role, invited_by_name as "invitedBy", is_mailed as "isMailed", sent_at as "sentAt",
  expires_at as "expiresAt", expires_at <= now() as "isExpired"`

/** Newest first. */
export async function selectInvitations(reader: Reader): Promise<Invitation[]> {
  const rows = await reader.rows<InvitationRow>(sql`
    select ${columns} from invitations where org_id = ${reader.orgId} order by sent_at desc, id desc`)
  return rows.map(present)
}

type NewInvitation = {
  id: InvitationId
  email: string
  role: Role
  hash: Buffer
  isMailed: boolean
  by: { userId: UserId; name: string }
}

/** In the place of one for the same address that has expired; undefined where one still holds. */
export async function insertInvitation(tx: Tx, given: NewInvitation): Promise<Invitation | undefined> {
  await tx.rows(sql`
    delete from invitations where org_id = ${tx.orgId} and email = ${given.email} and expires_at <= now()`)
  const row = await tx.row<InvitationRow>(sql`
    insert into invitations (org_id, id, email, role, token_hash, invited_by, invited_by_name, is_mailed, expires_at)
    values (${tx.orgId}, ${given.id}, ${given.email}, ${given.role}, ${given.hash}, ${given.by.userId}, ${given.by.name},
            ${given.isMailed}, now() + ${invitationDays}::int * interval '1 day')
    on conflict (org_id, email) do nothing returning ${columns}`)
  return row && present(row)
}

type Renewal = Pick<NewInvitation, 'id' | 'hash' | 'isMailed' | 'by'>

/** A new link; the one before opens nothing any more. Who sends it again answers for it. */
export async function renewInvitation(tx: Tx, given: Renewal): Promise<Invitation | undefined> {
  const row = await tx.row<InvitationRow>(sql`
    update invitations
       set token_hash = ${given.hash}, is_mailed = ${given.isMailed}, sent_at = now(), invited_by = ${given.by.userId},
           invited_by_name = ${given.by.name}, expires_at = now() + ${invitationDays}::int * interval '1 day'
     where org_id = ${tx.orgId} and id = ${given.id} returning ${columns}`)
  return row && present(row)
}

/** Locks it. */
export async function lockInvitation(
  tx: Tx,
  id: InvitationId,
): Promise<{ role: Role; invitedBy: UserId; email: string } | undefined> {
  return await tx.row<{ role: Role; invitedBy: UserId; email: string }>(sql`
    select role, invited_by as "invitedBy", email from invitations
     where org_id = ${tx.orgId} and id = ${id} for update`)
}

/** False where it is gone already. */
export async function deleteInvitation(tx: Tx, id: InvitationId): Promise<boolean> {
  const rows = await tx.rows(sql`delete from invitations where org_id = ${tx.orgId} and id = ${id} returning id`)
  return rows.length > 0
}

/** What somebody invited others to and could not give any more, with the role they have now (null: they have none). */
export async function deleteInvitationsBy(tx: Tx, userId: UserId, rolesTheyMayGive: readonly Role[]): Promise<void> {
  await tx.rows(sql`
    delete from invitations
     where org_id = ${tx.orgId} and invited_by = ${userId} and role <> all (${rolesTheyMayGive})`)
}

export async function countInvitations(reader: Reader): Promise<number> {
  const row = await reader.row<{ count: number }>(sql`
    select count(*)::int as count from invitations where org_id = ${reader.orgId}`)
  return row?.count ?? 0
}

export type Held = {
  orgId: OrgId
  id: InvitationId
  orgName: string
  email: string
  role: Role
  invitedBy: string
  isMailed: boolean
}

/** What a link opens; undefined alike for one that was never made, was taken, revoked or has expired. */
export async function findByHash(db: Db, hash: Buffer): Promise<Held | undefined> {
  const [row] = await callAcrossOrgs<{
    org_id: string
    id: string
    org_name: string
    email: string
    role: string
    invited_by_name: string
    is_mailed: boolean
  }>(db, sql`select * from invitation_by_hash(${hash})`)
  if (!row) return undefined
  return {
    orgId: OrgId.parse(row.org_id),
    id: InvitationId.parse(row.id),
    orgName: row.org_name,
    email: row.email,
    role: Role.parse(row.role),
    invitedBy: row.invited_by_name,
    isMailed: row.is_mailed,
  }
}

export async function findEmailOf(db: Db, userId: UserId): Promise<string | null> {
  const [row] = await callAcrossOrgs<{ email: string | null }>(db, sql`select email_of_person(${userId}) as email`)
  return row?.email ?? null
}

function present({ sentAt, expiresAt, ...row }: InvitationRow): Invitation {
  return { ...row, sentAt: sentAt.toISOString(), expiresAt: expiresAt.toISOString() }
}

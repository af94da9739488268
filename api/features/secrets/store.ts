import type { SecretId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { DeletedSecret, Secret } from '#shared/secrets/contract.ts'
import { restorableHours } from '#shared/secrets/limits.ts'
import { callAcrossOrgs, type Db, type Reader, type Tx } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

/** Those who change secrets of an org come one after the other, so that a name is never set twice at once. */
export async function lockSecrets(tx: Tx): Promise<void> {
  await tx.rows(sql`select pg_advisory_xact_lock(hashtextextended('secrets/' || ${tx.orgId}::text, 0))`)
}

export type SecretRow = Omit<Secret, 'service' | 'createdAt' | 'updatedAt' | 'lastUsedAt'> & {
  createdAt: Date
  updatedAt: Date
  lastUsedAt: Date | null
}

/** The organisation's first, then by name. Those of removed workspaces are left out. */
export async function selectSecrets(reader: Reader): Promise<SecretRow[]> {
  return await reader.rows<SecretRow>(sql`
    select s.id, s.name, s.workspace_id as "workspaceId", s.hint, s.version, s.created_at as "createdAt",
           s.created_by_name as "createdByName", s.updated_at as "updatedAt", s.updated_by_name as "updatedByName",
           greatest(used.last_at, reached.last_at) as "lastUsedAt", used.workspaces as "usedBy",
           reached.servers as "usedByServers"
      from secrets s
      left join workspaces w on w.org_id = s.org_id and w.id = s.workspace_id
     cross join lateral (
       select max(u.last_at) as last_at,
              (count(distinct u.workspace_id) filter (where u.hour > now() - interval '30 days'))::int as workspaces
         from secret_uses u where u.org_id = s.org_id and u.secret_id = s.id
     ) used
     cross join lateral (
       select max(u.last_at) as last_at,
              (count(distinct u.server_id) filter (where u.hour > now() - interval '30 days'))::int as servers
         from secret_server_uses u where u.org_id = s.org_id and u.secret_id = s.id
     ) reached
     where s.org_id = ${reader.orgId} and s.deleted_at is null and w.deleted_at is null
     order by s.workspace_id is not null, s.name, w.name, s.id`)
}

export type DeletedRow = Omit<DeletedSecret, 'service' | 'deletedAt' | 'restorableUntil'> & {
  deletedAt: Date
  restorableUntil: Date
}

/** What can still be taken back, newest first. */
export async function selectDeleted(reader: Reader): Promise<DeletedRow[]> {
  return await reader.rows<DeletedRow>(sql`
    select s.id, s.name, s.workspace_id as "workspaceId", s.deleted_at as "deletedAt",
           s.deleted_by_name as "deletedByName",
           s.deleted_at + make_interval(hours => ${restorableHours}) as "restorableUntil"
      from secrets s left join workspaces w on w.org_id = s.org_id and w.id = s.workspace_id
     where s.org_id = ${reader.orgId} and s.deleted_at > now() - make_interval(hours => ${restorableHours})
       and w.deleted_at is null
     order by s.deleted_at desc, s.id`)
}

export async function countSecrets(reader: Reader): Promise<number> {
  const found = await reader.row<{ count: number }>(sql`
    select count(*)::int as count from secrets where org_id = ${reader.orgId} and deleted_at is null`)
  return found?.count ?? 0
}

export type Found = { id: SecretId; name: string; workspaceId: WorkspaceId | null; version: number; isDeleted: boolean }

const found = sql`id, name, workspace_id as "workspaceId", version, deleted_at is not null as "isDeleted"`

/** By id; a deleted one as long as it can be taken back. */
export async function findSecret(reader: Reader, id: SecretId): Promise<Found | undefined> {
  return await reader.row<Found>(sql`
    select ${found} from secrets
     where org_id = ${reader.orgId} and id = ${id}
       and (deleted_at is null or deleted_at > now() - make_interval(hours => ${restorableHours}))`)
}

/** The living one of this name in exactly this scope. */
export async function findByName(
  reader: Reader,
  workspaceId: WorkspaceId | null,
  name: string,
): Promise<Found | undefined> {
  return await reader.row<Found>(sql`
    select ${found} from secrets
     where org_id = ${reader.orgId} and workspace_id is not distinct from ${workspaceId} and name = ${name}
       and deleted_at is null`)
}

export type NewSecret = { id: SecretId; workspaceId: WorkspaceId | null; name: string; hint: string; byName: string }

export async function insertSecret(tx: Tx, { id, workspaceId, name, hint, byName }: NewSecret): Promise<void> {
  await tx.rows(sql`
    insert into secrets (org_id, id, workspace_id, name, version, hint, created_by_name, updated_by_name)
    values (${tx.orgId}, ${id}, ${workspaceId}, ${name}, 1, ${hint}, ${byName}, ${byName})`)
}

export async function updateVersion(
  tx: Tx,
  { id, version, hint, byName }: { id: SecretId; version: number; hint: string; byName: string },
): Promise<void> {
  await tx.rows(sql`
    update secret_versions set replaced_at = now()
     where org_id = ${tx.orgId} and secret_id = ${id} and replaced_at is null`)
  await tx.rows(sql`
    update secrets set version = ${version}, hint = ${hint}, updated_at = now(), updated_by_name = ${byName}
     where org_id = ${tx.orgId} and id = ${id}`)
}

export async function markDeleted(tx: Tx, id: SecretId, byName: string): Promise<Date> {
  const marked = await tx.row<{ until: Date }>(sql`
    update secrets set deleted_at = now(), deleted_by_name = ${byName} where org_id = ${tx.orgId} and id = ${id}
    returning deleted_at + make_interval(hours => ${restorableHours}) as until`)
  if (!marked) throw new Error('the secret was not marked')
  return marked.until
}

export async function unmarkDeleted(tx: Tx, id: SecretId): Promise<void> {
  await tx.rows(sql`
    update secrets set deleted_at = null, deleted_by_name = null where org_id = ${tx.orgId} and id = ${id}`)
}

/** Any number of nodes may do it at once. */
export async function destroyOldSecrets(db: Db): Promise<void> {
  await callAcrossOrgs(db, sql`select destroy_old_secrets()`)
}

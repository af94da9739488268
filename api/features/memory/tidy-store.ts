import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Kept } from '#shared/memory/consolidate.ts'
import type { TidyChange, TidyingId } from '#shared/memory/contract.ts'
import { tidyingKeptDays } from '#shared/memory/limits.ts'
import { callAcrossOrgs, type Db, type Reader, type Tx } from '../../kernel/db.ts'
import { json, sql } from '../../kernel/sql.ts'

/** A workspace's living memories, locked. */
export async function lockKept(tx: Tx, workspaceId: WorkspaceId): Promise<Kept[]> {
  return await tx.rows<Kept>(sql`
    select id, scope, kind, text, importance::float8 as importance, pinned,
           extract(epoch from created_at)::float8 * 1000 as "createdAt",
           extract(epoch from greatest(created_at, used_at, faded_at))::float8 * 1000 as "touchedAt"
      from memories where org_id = ${tx.orgId} and workspace_id = ${workspaceId} and deleted_at is null
     order by id for update`)
}

/** All in one statement; what is put away can be taken back as long as the tidying can. */
export async function applyTidying(tx: Tx, changes: readonly TidyChange[]): Promise<void> {
  await tx.rows(sql`
    update memories m
       set deleted_at = case when c.does in ('merged', 'dropped') then now() else m.deleted_at end,
           kept_until = case when c.does in ('merged', 'dropped') then now() + ${tidyingKeptDays} * interval '1 day' end,
           importance = coalesce(c.to, m.importance), faded_at = case when c.does = 'faded' then now() else m.faded_at end
      from jsonb_to_recordset(${json(changes)}::jsonb) as c (does text, "memoryId" uuid, "to" real)
     where m.org_id = ${tx.orgId} and m.id = c."memoryId"`)
}

/** Each memory that stands as the tidying left it becomes what it was; what was changed since is left alone. */
export async function takeBackTidying(tx: Tx, changes: readonly TidyChange[]): Promise<void> {
  await tx.rows(sql`
    update memories m
       set deleted_at = case when c.does in ('merged', 'dropped') then null else m.deleted_at end,
           kept_until = null, importance = coalesce(c."from", m.importance)
      from jsonb_to_recordset(${json(changes)}::jsonb) as c (does text, "memoryId" uuid, "from" real, "to" real)
     where m.org_id = ${tx.orgId} and m.id = c."memoryId"
       and case when c.does in ('merged', 'dropped') then m.deleted_at is not null and m.kept_until is not null
                else m.deleted_at is null and m.importance = c."to" end`)
}

type NewTidying = { id: TidyingId; workspaceId: WorkspaceId; byName: string; changes: readonly TidyChange[] }

export async function insertTidying(tx: Tx, { id, workspaceId, byName, changes }: NewTidying): Promise<void> {
  await tx.rows(sql`
    insert into memory_tidyings (org_id, id, workspace_id, by_name, changes)
    values (${tx.orgId}, ${id}, ${workspaceId}, ${byName}, ${json(changes)}::jsonb)`)
}

export type TidyingRow = {
  id: TidyingId
  workspaceId: WorkspaceId
  byName: string
  changes: TidyChange[]
  at: Date
  undoneAt: Date | null
  isKept: boolean
}

const columns = sql`
  id, workspace_id as "workspaceId", by_name as "byName", changes, created_at as at, undone_at as "undoneAt",
  created_at > now() - ${tidyingKeptDays} * interval '1 day' as "isKept"`

/** Newest first; runs that found nothing to do are left out. */
export async function selectTidyings(reader: Reader, workspaceId: WorkspaceId): Promise<TidyingRow[]> {
  return await reader.rows<TidyingRow>(sql`
    select ${columns} from memory_tidyings
     where org_id = ${reader.orgId} and workspace_id = ${workspaceId} and changes <> '[]'::jsonb
     order by created_at desc limit 5`)
}

export async function lockTidying(tx: Tx, id: TidyingId): Promise<TidyingRow | undefined> {
  return await tx.row<TidyingRow>(sql`
    select ${columns} from memory_tidyings where org_id = ${tx.orgId} and id = ${id} for update`)
}

export async function markUndone(tx: Tx, id: TidyingId): Promise<void> {
  await tx.rows(sql`update memory_tidyings set undone_at = now() where org_id = ${tx.orgId} and id = ${id}`)
}

export async function selectToTidy(db: Db, wanted: number): Promise<{ orgId: OrgId; workspaceId: WorkspaceId }[]> {
  return await callAcrossOrgs(
    db,
    sql`select org_id as "orgId", workspace_id as "workspaceId" from memories_to_tidy(${wanted})`,
  )
}

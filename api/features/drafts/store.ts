import type { FileId, OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { json, type Sql, sql } from '../../kernel/sql.ts'

export type Author = { id: string; name: string }

export type Draft = {
  root: number
  base: number
  seq: number
  stateSeq: number
  bytes: number
  authors: Author[]
}

const columns = sql`root, base, seq, state_seq as "stateSeq", bytes, authors`

export async function findDraft(reader: Reader, fileId: FileId): Promise<Draft | undefined> {
  return await reader.row<Draft>(select(reader, fileId))
}

/** Locked until the end of the transaction: updates of one file come one after the other. */
export async function lockDraft(tx: Tx, fileId: FileId): Promise<Draft | undefined> {
  return await tx.row<Draft>(sql`${select(tx, fileId)} for update`)
}

function select(reader: Reader, fileId: FileId): Sql {
  return sql`select ${columns} from drafts where org_id = ${reader.orgId} and file_id = ${fileId}`
}

/** Begins with the text of that version, unless somebody else began meanwhile. */
export async function makeDraft(tx: Tx, fileId: FileId, root: number): Promise<void> {
  await tx.rows(sql`
    insert into drafts (org_id, file_id, root, base) values (${tx.orgId}, ${fileId}, ${root}, ${root})
    on conflict do nothing`)
}

/** The document in pieces, oldest first: what was put together, then each update. */
export async function readUpdates(reader: Reader, fileId: FileId): Promise<Uint8Array[]> {
  const rows = await reader.rows<{ bytes: Buffer }>(sql`
    select bytes from (
      select 0 as seq, state as bytes from drafts
       where org_id = ${reader.orgId} and file_id = ${fileId} and octet_length(state) > 0
      union all
      select seq, bytes from draft_updates where org_id = ${reader.orgId} and file_id = ${fileId}
    ) pieces order by seq`)
  return rows.map((row) => row.bytes)
}

export async function insertUpdate(tx: Tx, fileId: FileId, seq: number, update: Uint8Array): Promise<void> {
  await tx.rows(sql`
    insert into draft_updates (org_id, file_id, seq, bytes)
    values (${tx.orgId}, ${fileId}, ${seq}, ${Buffer.from(update)})`)
}

export async function updateDraft(tx: Tx, fileId: FileId, draft: Draft): Promise<void> {
  await tx.rows(sql`
    update drafts set root = ${draft.root}, base = ${draft.base}, seq = ${draft.seq}, bytes = ${draft.bytes},
                      authors = ${json(draft.authors)}::jsonb, updated_at = now()
     where org_id = ${tx.orgId} and file_id = ${fileId}`)
}

/** Puts what was typed so far in one piece, in place of the updates. */
export async function keepState(tx: Tx, fileId: FileId, seq: number, state: Uint8Array): Promise<void> {
  await tx.rows(sql`delete from draft_updates where org_id = ${tx.orgId} and file_id = ${fileId}`)
  await tx.rows(sql`
    update drafts set state = ${Buffer.from(state)}, state_seq = ${seq}
     where org_id = ${tx.orgId} and file_id = ${fileId}`)
}

/** How many updates the text of a file took, 0 where there is none; no row for a workspace that does not live. */
export function seqAt(orgId: OrgId, workspaceId: WorkspaceId, path: string | undefined): Sql {
  return sql`
    select coalesce(d.seq, 0) as seq from workspaces w
      left join files f on f.org_id = w.org_id and f.workspace_id = w.id and f.path = ${path ?? null} and f.deleted_at is null
      left join drafts d on d.org_id = f.org_id and d.file_id = f.id
     where w.org_id = ${orgId} and w.id = ${workspaceId} and w.deleted_at is null`
}

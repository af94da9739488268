import type { AttachmentId, DelegationId, UserId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

type New = { id: AttachmentId; workspaceId: WorkspaceId; userId: UserId; name: string; mediaType: string }

export async function insertAttachment(tx: Tx, given: New & { sha256: string; content: Buffer }): Promise<void> {
  const { id, workspaceId, userId, name, mediaType, sha256, content } = given
  await tx.rows(sql`
    insert into attachments (org_id, id, workspace_id, user_id, name, media_type, sha256, content)
    values (${tx.orgId}, ${id}, ${workspaceId}, ${userId}, ${name}, ${mediaType}, ${sha256}, ${content})`)
}

export async function bytesAttached(reader: Reader): Promise<number> {
  const found = await reader.row<{ bytes: number }>(sql`
    select coalesce(sum(octet_length(content)), 0)::float8 as bytes from attachments where org_id = ${reader.orgId}`)
  return found?.bytes ?? 0
}

/** What was attached and never sent is erased after a day. */
export async function eraseForgotten(tx: Tx): Promise<void> {
  await tx.rows(sql`
    delete from attachments
     where org_id = ${tx.orgId} and delegation_id is null and created_at < now() - interval '1 day'`)
}

export type Unsent = { id: AttachmentId; name: string; mediaType: string; sha256: string; content: Buffer }

/** Those of this person for this workspace that were not sent yet, held to the end of the transaction. */
export async function lockUnsent(
  tx: Tx,
  ids: readonly AttachmentId[],
  { userId, workspaceId }: { userId: UserId; workspaceId: WorkspaceId },
): Promise<Unsent[]> {
  if (ids.length === 0) return []
  return await tx.rows<Unsent>(sql`
    select id, name, media_type as "mediaType", sha256, content from attachments
     where org_id = ${tx.orgId} and id = any (${ids}) and user_id = ${userId} and workspace_id = ${workspaceId}
       and delegation_id is null
     order by id for update`)
}

export async function markSent(tx: Tx, ids: readonly AttachmentId[], delegationId: DelegationId): Promise<void> {
  if (ids.length === 0) return
  await tx.rows(sql`
    update attachments set delegation_id = ${delegationId} where org_id = ${tx.orgId} and id = any (${ids})`)
}

/** False where there is none of this person that could still be taken back. */
export async function deleteUnsent(tx: Tx, id: AttachmentId, userId: UserId): Promise<boolean> {
  const row = await tx.row(sql`
    delete from attachments
     where org_id = ${tx.orgId} and id = ${id} and user_id = ${userId} and delegation_id is null returning id`)
  return row !== undefined
}

export type Stored = { name: string; mediaType: string; content: Buffer }

/** What was sent, and what this person has not sent yet. */
export async function findAttachment(
  reader: Reader,
  id: AttachmentId,
  userId: UserId | null,
): Promise<Stored | undefined> {
  return await reader.row<Stored>(sql`
    select name, media_type as "mediaType", content from attachments
     where org_id = ${reader.orgId} and id = ${id} and (delegation_id is not null or user_id = ${userId})`)
}

import type { FileSummary, FileVersion } from '#shared/files/contract.ts'
import { FileId, type WorkspaceId } from '#shared/kernel/ids.ts'
import type { EventActor } from '#shared/org-event.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { asTyped, json, type Sql, sql } from '../../kernel/sql.ts'
import { uuidv7 } from '../../kernel/uuid.ts'

/** The newest version of a file. One that is deleted is not there, but its history goes on when it is written again. */
export type Head = {
  id: FileId
  isThere: boolean
  /** 0 for a file that is just being made. */
  version: number
  text: string
  savedAt: Date
  savedBy: string
}

/**
 * Keeps the workspace from being deleted until the end of the transaction, and says whether it still lives: a late write
 * never reaches a deleted one.
 */
export async function holdOwner(tx: Tx, workspaceId: WorkspaceId): Promise<boolean> {
  const found = await tx.row(sql`
    select 1 from workspaces where org_id = ${tx.orgId} and id = ${workspaceId} and deleted_at is null for key share`)
  return found !== undefined
}

export async function hasOwner(reader: Reader, workspaceId: WorkspaceId): Promise<boolean> {
  const found = await reader.row(sql`
    select 1 from workspaces where org_id = ${reader.orgId} and id = ${workspaceId} and deleted_at is null`)
  return found !== undefined
}

/** Locks the file until the end of the transaction: savers of one file come one after the other. */
export async function lockHead(tx: Tx, workspaceId: WorkspaceId, path: string): Promise<Head | undefined> {
  const found =
    (await tx.row<{ id: FileId }>(lockFile(tx, workspaceId, path, sql`deleted_at is null`))) ??
    (await tx.row<{ id: FileId }>(lockFile(tx, workspaceId, path, sql`deleted_at is not null`)))
  // A statement of its own: the one that waited for the lock sees the versions as they were before.
  return found && (await tx.row<Head>(selectHead(tx, sql`f.id = ${found.id}`)))
}

/** A file by its id, also a deleted one, with the path it has or had last. */
export type KnownHead = Head & { workspaceId: WorkspaceId; path: string }

/** Locks this very file, whatever it is called now. */
export async function lockKnown(tx: Tx, workspaceId: WorkspaceId, fileId: FileId): Promise<KnownHead | undefined> {
  const found = await tx.row<Pick<KnownHead, 'workspaceId' | 'path'>>(sql`
    select workspace_id as "workspaceId", path from files
     where org_id = ${tx.orgId} and workspace_id = ${workspaceId} and id = ${fileId} for update`)
  const head = found && (await tx.row<Head>(selectHead(tx, sql`f.id = ${fileId}`)))
  return head && { ...head, ...found }
}

/** A living file's newest version, without waiting for anybody. */
export async function findHead(reader: Reader, workspaceId: WorkspaceId, path: string): Promise<Head | undefined> {
  return await reader.row<Head>(
    selectHead(reader, sql`f.workspace_id = ${workspaceId} and f.path = ${path} and f.deleted_at is null`),
  )
}

function lockFile(tx: Tx, workspaceId: WorkspaceId, path: string, which: Sql): Sql {
  return sql`
    select id from files
     where org_id = ${tx.orgId} and workspace_id = ${workspaceId} and path = ${path} and ${which}
     order by id desc limit 1 for update`
}

function selectHead(reader: Reader, which: Sql): Sql {
  return sql`
    select f.id, v.version, v.text, v.saved_at as "savedAt", v.saved_by_name as "savedBy",
           f.deleted_at is null as "isThere"
      from files f join file_versions v on v.org_id = f.org_id and v.file_id = f.id and v.version = f.head
     where f.org_id = ${reader.orgId} and ${which}`
}

/** The locked head, made when the workspace never had such a file. */
export async function lockOrMakeHead(tx: Tx, workspaceId: WorkspaceId, path: string): Promise<Head> {
  const head = await lockHead(tx, workspaceId, path)
  if (head) return head
  const id = FileId.parse(uuidv7())
  const made = await tx.row(sql`
    insert into files (org_id, workspace_id, id, path, head)
    values (${tx.orgId}, ${workspaceId}, ${id}, ${path}, 0)
    on conflict (org_id, workspace_id, path) where deleted_at is null do nothing
    returning id`)
  if (made) return { id, isThere: false, version: 0, text: '', savedAt: new Date(0), savedBy: '' }
  // Somebody else made it in this moment; their transaction is over, so it can be locked now.
  return await lockOrMakeHead(tx, workspaceId, path)
}

export type NewVersion = {
  fileId: FileId
  version: number
  text: string
  bytes: number
  linesAdded: number
  linesRemoved: number
  restoredFrom: number | null
  isFromTemplate: boolean
  savedBy: EventActor
  savedByName: string
  /** config.yaml as plain data; undefined for every other file. */
  config: Readonly<Record<string, unknown>> | undefined
}

/** What people save is kept as they typed it; it is masked where it leaves the file. What agents write is masked here. */
export async function insertVersion(tx: Tx, saved: NewVersion): Promise<void> {
  const kept = (text: string) => (saved.savedBy.kind === 'workspace' ? text : asTyped(text))
  await Promise.all([
    tx.rows(sql`
      insert into file_versions (org_id, file_id, version, text, bytes, lines_added, lines_removed, restored_from,
                                 saved_by, saved_by_name, from_template, saved_at)
      values (${tx.orgId}, ${saved.fileId}, ${saved.version}, ${kept(saved.text)}, ${saved.bytes}, ${saved.linesAdded},
              ${saved.linesRemoved}, ${saved.restoredFrom}, ${json(saved.savedBy)}::jsonb, ${saved.savedByName},
              ${saved.isFromTemplate}, clock_timestamp())`),
    tx.rows(sql`
      update files set head = ${saved.version}, deleted_at = null,
                       config = ${saved.config === undefined ? null : kept(json(saved.config))}::jsonb
       where org_id = ${tx.orgId} and id = ${saved.fileId}`),
  ])
}

export type FirstVersions = {
  savedBy: EventActor
  savedByName: string
  files: readonly {
    workspaceId: WorkspaceId
    fileId: FileId
    path: string
    text: string
    bytes: number
    linesAdded: number
    isFromTemplate: boolean
    config: Readonly<Record<string, unknown>> | null
  }[]
}

/** Files that were never there before, each with its first version. */
export async function insertFirstVersions(tx: Tx, { savedBy, savedByName, files }: FirstVersions): Promise<void> {
  const given = json(files)
  const kept = savedBy.kind === 'workspace' ? given : asTyped(given)
  await tx.rows(sql`
    with given as (
      select * from jsonb_to_recordset(${kept}::jsonb)
        as f ("workspaceId" uuid, "fileId" uuid, path text, text text, bytes int, "linesAdded" int,
              "isFromTemplate" boolean, config jsonb)
    ), made as (
      insert into files (org_id, workspace_id, id, path, head, config)
      select ${tx.orgId}, "workspaceId", "fileId", path, 1, nullif(config, 'null') from given returning id
    )
    insert into file_versions (org_id, file_id, version, text, bytes, lines_added, lines_removed, restored_from,
                               saved_by, saved_by_name, from_template, saved_at)
    select ${tx.orgId}, g."fileId", 1, g.text, g.bytes, g."linesAdded", 0, null,
           ${json(savedBy)}::jsonb, ${savedByName}, g."isFromTemplate", clock_timestamp()
      from given g join made on made.id = g."fileId"`)
}

export async function markDeleted(tx: Tx, fileId: FileId): Promise<void> {
  await tx.rows(sql`update files set deleted_at = now() where org_id = ${tx.orgId} and id = ${fileId}`)
}

export async function isTaken(reader: Reader, workspaceId: WorkspaceId, path: string): Promise<boolean> {
  const found = await reader.row(sql`
    select 1 from files
     where org_id = ${reader.orgId} and workspace_id = ${workspaceId} and path = ${path} and deleted_at is null`)
  return found !== undefined
}

/** Its history goes with it. */
export async function setPath(tx: Tx, fileId: FileId, path: string): Promise<void> {
  await tx.rows(sql`update files set path = ${asTyped(path)} where org_id = ${tx.orgId} and id = ${fileId}`)
}

export async function countFiles(reader: Reader, workspaceId: WorkspaceId): Promise<number> {
  const found = await reader.row<{ count: number }>(sql`
    select count(*)::int as count from files
     where org_id = ${reader.orgId} and workspace_id = ${workspaceId} and deleted_at is null and head > 0`)
  return found?.count ?? 0
}

type SummaryRow = Omit<FileSummary, 'savedAt'> & { savedAt: Date }

const summaryOf = sql`f.id, f.path, v.version, v.bytes, v.saved_at as "savedAt", v.saved_by_name as "savedBy"`

export async function listSummaries(reader: Reader, workspaceId: WorkspaceId): Promise<FileSummary[]> {
  const rows = await reader.rows<SummaryRow>(sql`
    select ${summaryOf}
      from files f join file_versions v on v.org_id = f.org_id and v.file_id = f.id and v.version = f.head
     where f.org_id = ${reader.orgId} and f.workspace_id = ${workspaceId} and f.deleted_at is null
     order by f.path`)
  return rows.map(withInstant)
}

/** One version of a living file with its text; without a number the newest. */
export async function findText(
  reader: Reader,
  workspaceId: WorkspaceId,
  path: string,
  version?: number,
): Promise<{ file: FileSummary; text: string } | undefined> {
  const found = await reader.row<SummaryRow & { text: string }>(sql`
    select ${summaryOf}, v.text
      from files f join file_versions v on v.org_id = f.org_id and v.file_id = f.id
       and v.version = coalesce(${version ?? null}::int, f.head)
     where f.org_id = ${reader.orgId} and f.workspace_id = ${workspaceId} and f.path = ${path}
       and f.deleted_at is null`)
  if (!found) return undefined
  const { text, ...file } = found
  return { file: withInstant(file), text }
}

/** Newest texts by path; null for those that would make it more files or characters than asked for. */
export async function textsOf(
  reader: Reader,
  workspaceId: WorkspaceId,
  most: { files: number; chars: number },
): Promise<{ path: string; version: number; text: string | null }[]> {
  return await reader.rows(sql`
    select path, version, case when place <= ${most.files} and so_far <= ${most.chars} then text end as text
      from (select f.path, v.version, v.text, row_number() over (order by f.path) as place,
                   sum(length(v.text)) over (order by f.path) as so_far
              from files f join file_versions v on v.org_id = f.org_id and v.file_id = f.id and v.version = f.head
             where f.org_id = ${reader.orgId} and f.workspace_id = ${workspaceId} and f.deleted_at is null) one
     order by path`)
}

export async function findVersionText(reader: Reader, fileId: FileId, version: number): Promise<string | undefined> {
  const found = await reader.row<{ text: string }>(sql`
    select text from file_versions where org_id = ${reader.orgId} and file_id = ${fileId} and version = ${version}`)
  return found?.text
}

/** Newest first. */
export async function listVersionsOf(reader: Reader, fileId: FileId, most: number): Promise<FileVersion[]> {
  const rows = await reader.rows<Omit<FileVersion, 'savedAt'> & { savedAt: Date }>(sql`
    select version, bytes, saved_at as "savedAt", saved_by_name as "savedBy", restored_from as "restoredFrom",
           lines_added as "linesAdded", lines_removed as "linesRemoved"
      from file_versions where org_id = ${reader.orgId} and file_id = ${fileId}
     order by version desc limit ${most}`)
  return rows.map(withInstant)
}

function withInstant<Row extends { savedAt: Date }>(row: Row): Omit<Row, 'savedAt'> & { savedAt: string } {
  return { ...row, savedAt: row.savedAt.toISOString() }
}

/** A living file as an import compares it: `isEdited` when its newest version is not the template's. */
export type FileState = { workspaceId: WorkspaceId; path: string; hash: string; isEdited: boolean }

export async function listStates(reader: Reader, workspaceIds: readonly WorkspaceId[]): Promise<FileState[]> {
  return await reader.rows<FileState>(sql`
    select f.workspace_id as "workspaceId", f.path, not v.from_template as "isEdited",
           encode(sha256(convert_to(v.text, 'UTF8')), 'hex') as hash
      from files f join file_versions v on v.org_id = f.org_id and v.file_id = f.id and v.version = f.head
     where f.org_id = ${reader.orgId} and f.workspace_id = any (${workspaceIds}) and f.deleted_at is null
     order by f.workspace_id, f.path`)
}

export async function findConfig(reader: Reader, workspaceId: WorkspaceId): Promise<unknown> {
  const found = await reader.row<{ config: unknown }>(sql`
    select config from files
     where org_id = ${reader.orgId} and workspace_id = ${workspaceId} and path = 'config.yaml' and deleted_at is null`)
  return found?.config ?? undefined
}

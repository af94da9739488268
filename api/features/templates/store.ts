import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { DeclaredTemplate } from '#shared/templates/declared.ts'
import type { ImportId } from '#shared/templates/import.ts'
import type { Position } from '#shared/workspaces/contract.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { json, sql } from '../../kernel/sql.ts'

/** One import of a template at a time in an org: a second one waits here and then finds the work done. */
export async function lockTemplate(tx: Tx, name: string): Promise<void> {
  await tx.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`${tx.orgId} ${name}`}, 0))`)
}

type MadeRow = Pick<ExportedRow, 'id' | 'declared' | 'role' | 'position' | 'config'> & { templatePath: string }

/** The living workspaces that an org has of a template. */
export async function selectMadeFrom(reader: Reader, name: string): Promise<MadeRow[]> {
  return await reader.rows<MadeRow>(sql`
    select w.id, w.template_path as "templatePath", w.declared, coalesce(f.config ->> 'role', '') as role, f.config,
           case when w.x is not null then jsonb_build_object('x', w.x, 'y', w.y) end as position
      from workspaces w
      left join files f on f.org_id = w.org_id and f.workspace_id = w.id and f.path = 'config.yaml' and f.deleted_at is null
     where w.org_id = ${reader.orgId} and w.template = ${name} and w.deleted_at is null
     order by w.created_at, w.id`)
}

/** Writes what differs; gives whether anything did. */
export async function keepTemplate(
  tx: Tx,
  name: string,
  { declared, rehearsal }: { declared: DeclaredTemplate; rehearsal: string },
): Promise<boolean> {
  const changed = await tx.rows(sql`
    insert into templates (org_id, name, declared, rehearsal)
    values (${tx.orgId}, ${name}, ${json(declared)}::jsonb, ${rehearsal})
    on conflict (org_id, name) do update
       set declared = templates.declared || excluded.declared, rehearsal = excluded.rehearsal, imported_at = now()
     where templates.declared - 'awaitsOpening' <> excluded.declared or templates.rehearsal <> excluded.rehearsal
    returning name`)
  return changed.length > 0
}

/** The scripts of an org's templates whose opening is still to be played. */
export async function selectAwaitingOpening(reader: Reader): Promise<{ name: string; rehearsal: string }[]> {
  return await reader.rows<{ name: string; rehearsal: string }>(sql`
    select name, rehearsal from templates
     where org_id = ${reader.orgId} and rehearsal <> '' and declared ? 'awaitsOpening' order by imported_at`)
}

export async function awaitOpening(tx: Tx, name: string): Promise<void> {
  await tx.rows(sql`
    update templates set declared = declared || '{"awaitsOpening": true}'
     where org_id = ${tx.orgId} and name = ${name}`)
}

export async function endAwaitingOpening(tx: Tx, name: string): Promise<void> {
  await tx.rows(sql`
    update templates set declared = declared - 'awaitsOpening' where org_id = ${tx.orgId} and name = ${name}`)
}

export type ImportOutcome = 'done' | 'cancelled'

/** Whoever writes an import's outcome first decides it; false where somebody did. Old ones are forgotten on the way. */
export async function decideOutcome(tx: Tx, id: ImportId, outcome: ImportOutcome): Promise<boolean> {
  await tx.rows(sql`delete from imports where org_id = ${tx.orgId} and at < now() - interval '1 day'`)
  const made = await tx.rows(sql`
    insert into imports (org_id, id, outcome) values (${tx.orgId}, ${id}, ${outcome})
    on conflict (org_id, id) do nothing returning id`)
  return made.length > 0
}

export async function selectOutcome(reader: Reader, id: ImportId): Promise<ImportOutcome | undefined> {
  const found = await reader.row<{ outcome: ImportOutcome }>(sql`
    select outcome from imports where org_id = ${reader.orgId} and id = ${id}`)
  return found?.outcome
}

export async function selectOrgName(reader: Reader): Promise<string> {
  const found = await reader.row<{ name: string }>(sql`select name from orgs where id = ${reader.orgId}`)
  return found?.name ?? ''
}

type ExportedRow = {
  id: WorkspaceId
  parentId: WorkspaceId | null
  name: string
  role: string
  position: Position | null
  declared: unknown
  config: unknown
}

/** Living workspaces, oldest first, with what their config.yaml says. */
export async function selectExported(reader: Reader): Promise<ExportedRow[]> {
  return await reader.rows<ExportedRow>(sql`
    select w.id, w.parent_id as "parentId", coalesce(f.config ->> 'name', w.name) as name,
           coalesce(f.config ->> 'role', '') as role, w.declared, f.config,
           case when w.x is not null then jsonb_build_object('x', w.x, 'y', w.y) end as position
      from workspaces w
      left join files f on f.org_id = w.org_id and f.workspace_id = w.id and f.path = 'config.yaml' and f.deleted_at is null
     where w.org_id = ${reader.orgId} and w.deleted_at is null order by w.created_at, w.id`)
}

type ExportedFile = { workspaceId: WorkspaceId; path: string; text: string }

export async function selectExportedFiles(reader: Reader): Promise<ExportedFile[]> {
  return await reader.rows<ExportedFile>(sql`
    select f.workspace_id as "workspaceId", f.path, v.text
      from files f join workspaces w on w.org_id = f.org_id and w.id = f.workspace_id and w.deleted_at is null
      join file_versions v on v.org_id = f.org_id and v.file_id = f.id and v.version = f.head
     where f.org_id = ${reader.orgId} and f.deleted_at is null order by f.workspace_id, f.path`)
}

export async function selectRehearsals(reader: Reader): Promise<string[]> {
  const rows = await reader.rows<{ rehearsal: string }>(sql`
    select rehearsal from templates where org_id = ${reader.orgId} and rehearsal <> '' order by imported_at, name`)
  return rows.map(({ rehearsal }) => rehearsal)
}

import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { DeclaredTemplate } from '#shared/templates/declared.ts'
import type { ImportId } from '#shared/templates/import.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { json, sql } from '../../kernel/sql.ts'

/** One import of a template at a time in an org: a second one waits here and then finds the work done. */
export async function lockTemplate(tx: Tx, name: string): Promise<void> {
  await tx.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`${tx.orgId} ${name}`}, 0))`)
}

type MadeRow = { id: WorkspaceId; templatePath: string; declared: unknown }

/** The living workspaces that an org has of a template. */
export async function selectMadeFrom(reader: Reader, name: string): Promise<MadeRow[]> {
  return await reader.rows<MadeRow>(sql`
    select id, template_path as "templatePath", declared from workspaces
     where org_id = ${reader.orgId} and template = ${name} and deleted_at is null
     order by created_at, id`)
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

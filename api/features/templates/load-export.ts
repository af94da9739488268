import { configPath, promptPath } from '#shared/files/paths.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { DeclaredWorkspace } from '#shared/templates/declared.ts'
import type { Position } from '#shared/workspaces/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { forgetRedactor, redactorOf } from '../../kernel/redact/redactor-of.ts'
import { selectExported, selectExportedFiles, selectOrgName, selectRehearsals } from './store.ts'

/** A workspace as it is now, with what its template declared and its texts; values of secrets are masked in all of it. */
export type ExportedWorkspace = {
  name: string
  role: string
  position: Position | null
  declared: DeclaredWorkspace | null
  config: Readonly<Record<string, unknown>>
  files: readonly { path: string; text: string }[]
  children: ExportedWorkspace[]
}

export type Exported = { name: string; roots: ExportedWorkspace[]; rehearsal: string }

/** The whole org, or one workspace with everything below it, as it is at one moment. */
export async function loadExport(context: OrgContext, workspaceId: WorkspaceId | undefined): Promise<Exported> {
  requireMay(context, 'templates.export')
  // What leaves the org is masked with every value there is now, one that another node has just set included.
  forgetRedactor(context.db, context.orgId)
  const redactor = await redactorOf(context.db, context.orgId)
  const { name, rows, files, rehearsals } = await inSnapshot(context.db, context.orgId, async (reader) => ({
    name: await selectOrgName(reader),
    rows: await selectExported(reader),
    files: await selectExportedFiles(reader),
    rehearsals: await selectRehearsals(reader),
  }))
  const filesOf = Map.groupBy(files, (file) => file.workspaceId)
  const below = Map.groupBy(rows, (row) => row.parentId)
  const build = (row: (typeof rows)[number]): ExportedWorkspace => {
    const known = DeclaredWorkspace.safeParse(row.declared)
    return redactor.json({
      ...{ name: row.name, role: row.role, position: row.position },
      declared: known.success ? known.data : null,
      config: typeof row.config === 'object' && row.config !== null ? { ...row.config } : {},
      files: (filesOf.get(row.id) ?? []).map(({ path, text }) => ({ path, text })).sort(byPath),
      children: (below.get(row.id) ?? []).map(build),
    })
  }
  const top = workspaceId === undefined ? (below.get(null) ?? []) : rows.filter(({ id }) => id === workspaceId)
  if (workspaceId !== undefined && top.length === 0) throw new AppError('not-found', 'There is no such workspace.')
  return {
    name: workspaceId === undefined ? name : (top[0]?.name ?? name),
    roots: top.map(build),
    rehearsal: redactor.text(rehearsals[0] ?? ''),
  }
}

/** The files that stand for fields elsewhere. */
export const isOfFields = (path: string) => path === configPath || path === promptPath

function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : 1
}

import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { type ImportPlan, type PlannedWorkspace, planImport, type Template } from '#shared/templates/plan.ts'
import { spread } from '#shared/templates/spread.ts'
import type { Position } from '#shared/workspaces/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot, inTransaction, type Reader, type Tx } from '../../kernel/db.ts'
import { writeFile } from '../files/index.ts'
import { selectNames } from '../secrets/index.ts'
import { insertWorkspace, updateFromTemplate } from '../workspaces/index.ts'
import { loadCurrent } from './load-current.ts'
import { keepTemplate, lockTemplate } from './store.ts'

type ImportTemplate = { template: Template; missingKeys: 'warn' | 'refuse' }

/** What an import would do to this org, without doing it. */
export async function planTemplate(
  context: OrgContext,
  { template, missingKeys }: ImportTemplate,
): Promise<ImportPlan<WorkspaceId>> {
  requireMay(context, 'templates.import')
  return await inSnapshot(context.db, context.orgId, async (reader) =>
    planImport({ ...(await standing(reader, template)), template, missingKeys }),
  )
}

/**
 * Takes a template over into the org, all or nothing, and gives the plan it carried out. With any error nothing is written.
 * The same template a second time changes nothing and tells nothing. Nothing runs.
 */
export async function importTemplate(context: OrgContext, input: ImportTemplate): Promise<ImportPlan<WorkspaceId>> {
  requireMay(context, 'templates.import')
  return await inTransaction(context, (tx) => importInto(tx, context, input))
}

/** The same within a transaction of the caller. */
export async function importInto(
  tx: Tx,
  context: OrgContext,
  { template, missingKeys }: ImportTemplate,
): Promise<ImportPlan<WorkspaceId>> {
  await lockTemplate(tx, template.name)
  const { current, keys } = await standing(tx, template)
  const plan = planImport({ template, current, keys, missingKeys })
  if (plan.errors.length > 0) return plan

  const ids = new Map(current.map(({ templatePath, id }) => [templatePath, id]))
  const places = placesOf(plan)
  for (const planned of plan.workspaces) {
    if (planned.action === 'keep') continue
    if (planned.id === null)
      ids.set(planned.templatePath, await create(tx, context, template.name, planned, ids, places))
    else await update(tx, context, planned, planned.id, places)
  }
  const wasChanged = await keepTemplate(tx, template.name, template)
  if (wasChanged || plan.workspaces.some(({ action }) => action !== 'keep')) tellImported(tx, plan)
  return plan
}

/** What the org has of the template, and the names of the keys that all its workspaces get. */
async function standing(reader: Reader, { name }: Template) {
  const [current, keys] = await Promise.all([loadCurrent(reader, name), selectNames(reader, null)])
  return { current, keys }
}

type Places = ReadonlyMap<string, Position>

/** Where the cards come to lie: as the template drew them, with room for ours. */
function placesOf(plan: ImportPlan<WorkspaceId>): Places {
  const drawn = plan.workspaces.flatMap(({ templatePath, declared }) =>
    declared.canvas === null ? [] : [{ templatePath, position: declared.canvas }],
  )
  const placed = spread(drawn.map(({ position }) => position)) ?? []
  return new Map(placed.map((position, index) => [drawn[index]?.templatePath ?? '', position]))
}

async function create(
  tx: Tx,
  context: OrgContext,
  template: string,
  planned: PlannedWorkspace<WorkspaceId>,
  ids: ReadonlyMap<string, WorkspaceId>,
  places: Places,
): Promise<WorkspaceId> {
  const { declared, templatePath, parentTemplatePath } = planned
  const made = await insertWorkspace(tx, {
    name: planned.name,
    role: declared.role,
    parentId: parentTemplatePath === null ? null : (ids.get(parentTemplatePath) ?? null),
    position: places.get(templatePath) ?? null,
    by: context.actor,
    template: { name: template, path: templatePath, declared },
    files: planned.writes,
  })
  return made.id
}

async function update(
  tx: Tx,
  context: OrgContext,
  { declared, templatePath, writes, isPlacedAnew }: PlannedWorkspace<WorkspaceId>,
  workspaceId: WorkspaceId,
  places: Places,
): Promise<void> {
  await updateFromTemplate(tx, {
    workspaceId,
    declared,
    ...(isPlacedAnew && { position: places.get(templatePath) ?? null }),
  })
  for (const { path, text } of writes) {
    await writeFile(tx, { workspaceId, path, text, by: context.actor, fromTemplate: true })
  }
}

function tellImported(tx: Tx, plan: ImportPlan): void {
  const of = (action: string) => plan.workspaces.filter((workspace) => workspace.action === action).length
  const payload = { template: plan.org, created: of('create'), updated: of('update'), kept: of('keep') }
  tx.tell({ type: 'template.imported', payload })
}

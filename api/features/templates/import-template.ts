import type { Change } from '#shared/acts/contract.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { type ImportPlan, type PlannedWorkspace, planImport, type Template } from '#shared/templates/plan.ts'
import { spread } from '#shared/templates/spread.ts'
import type { Position } from '#shared/workspaces/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot, inTransaction, type Reader, type Tx } from '../../kernel/db.ts'
import { recordAct } from '../acts/index.ts'
import { readHead, writeFile } from '../files/index.ts'
import { selectNames } from '../secrets/index.ts'
import {
  countLiving,
  insertWorkspaces,
  type NewWorkspace,
  newWorkspaceId,
  updateFromTemplate,
} from '../workspaces/index.ts'
import { loadCurrent } from './load-current.ts'
import { keepTemplate, lockTemplate } from './store.ts'

type ImportTemplate = {
  template: Template
  missingKeys: 'warn' | 'refuse' | 'list'
  /** Told between two parts of the work; what it throws undoes the whole. */
  onPart?: (tx: Tx, done: number, total: number) => Promise<void>
}

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
  { template, missingKeys, onPart }: ImportTemplate,
): Promise<ImportPlan<WorkspaceId>> {
  await lockTemplate(tx, template.name)
  const { current, keys } = await standing(tx, template)
  const plan = planImport({ template, current, keys, missingKeys })
  if (plan.errors.length > 0) return plan

  const changes = await carryOut(tx, { context, input: { template, onPart }, plan, current })
  const wasChanged = await keepTemplate(tx, template.name, template)
  if (wasChanged || plan.workspaces.some(({ action }) => action !== 'keep')) tellImported(tx, plan)
  await recordAct(tx, context, { name: `import of ${template.name}`, changes })
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

type Work = {
  context: OrgContext
  input: Pick<ImportTemplate, 'template' | 'onPart'>
  plan: ImportPlan<WorkspaceId>
  current: Awaited<ReturnType<typeof loadCurrent>>
}

/** Writes what the plan says; gives it as changes that can be taken back. */
async function carryOut(tx: Tx, { context, input, plan, current }: Work): Promise<Change[]> {
  // Beside what is there already the drawn places would lie on top of it.
  const places: Places = current.length === 0 && (await countLiving(tx)) > 0 ? new Map() : placesOf(plan)
  const made = newWorkspaces(plan, { template: input.template.name, current, places })
  const updates = plan.workspaces.filter(({ action }) => action === 'update')
  const total = made.length + updates.length
  const onPart = async (done: number) => await input.onPart?.(tx, done, total)
  await insertWorkspaces(tx, { by: context.actor, workspaces: made, onPart })
  const changes: Change[] = []
  const [first, ...others] = made.map(({ id }) => id)
  if (first) changes.push({ kind: 'life', workspaceIds: [first, ...others], from: 'gone', to: 'there' })
  for (const [index, planned] of updates.entries()) {
    if (planned.id !== null) changes.push(...(await update(tx, context, planned, planned.id, places)))
    if (index % 25 === 24) await onPart(made.length + index + 1)
  }
  return changes
}

type Standing = { template: string; current: Work['current']; places: Places }

function newWorkspaces(plan: ImportPlan<WorkspaceId>, { template, current, places }: Standing): NewWorkspace[] {
  const ids = new Map(current.map(({ templatePath, id }) => [templatePath, id]))
  const fresh = plan.workspaces.filter(({ action }) => action === 'create')
  for (const { templatePath } of fresh) ids.set(templatePath, newWorkspaceId())
  return fresh.flatMap(({ templatePath, parentTemplatePath, name, declared, writes }) => {
    const id = ids.get(templatePath)
    if (!id) return []
    const parentId = parentTemplatePath === null ? null : (ids.get(parentTemplatePath) ?? null)
    const position = places.get(templatePath) ?? null
    return [
      {
        ...{ id, name, parentId, position, role: declared.role, files: writes },
        template: { name: template, path: templatePath, declared },
      },
    ]
  })
}

async function update(
  tx: Tx,
  context: OrgContext,
  { declared, templatePath, writes, isPlacedAnew }: PlannedWorkspace<WorkspaceId>,
  workspaceId: WorkspaceId,
  places: Places,
): Promise<Change[]> {
  await updateFromTemplate(tx, {
    workspaceId,
    declared,
    ...(isPlacedAnew && { position: places.get(templatePath) ?? null }),
  })
  const changes: Change[] = []
  for (const { path, text } of writes) {
    const before = await readHead(tx, workspaceId, path)
    const { fileId, version } = await writeFile(tx, { workspaceId, path, text, by: context.actor, fromTemplate: true })
    changes.push({ kind: 'file', workspaceId, fileId, path, from: before?.version ?? null, to: version })
  }
  return changes
}

function tellImported(tx: Tx, plan: ImportPlan): void {
  const of = (action: string) => plan.workspaces.filter((workspace) => workspace.action === action).length
  const payload = { template: plan.org, created: of('create'), updated: of('update'), kept: of('keep') }
  tx.tell({ type: 'template.imported', payload })
}

import { AppError } from '#shared/kernel/app-error.ts'
import { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Position } from '#shared/workspaces/contract.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Tx } from '../../kernel/db.ts'
import { workspacesAllowed } from '../../kernel/limits/quota-store.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { writeFile } from '../files/index.ts'
import { defaultFiles, type NamedText } from './default-files.ts'
import { requireWorkspace } from './load-chart.ts'
import type { LivingWorkspace } from './present.ts'
import { countLiving, insertRow, lockChart } from './store.ts'

export type InsertWorkspace = {
  /** Made when absent. */
  id?: WorkspaceId
  name: string
  parentId: WorkspaceId | null
  position: Position | null
  by: Actor
  role?: string
  model?: string | undefined
  /** The template it comes from; its files are then the template's, and it is known again at the next import. */
  template?: { name: string; path: string; declared: Readonly<Record<string, unknown>> }
  /** Texts it starts with; a prompt or config that is not among them is made. */
  files?: readonly NamedText[]
}

/** A new workspace with its files. The caller has checked that the parent may have it. Refused over the org's quota. */
export async function insertWorkspace(tx: Tx, input: InsertWorkspace): Promise<LivingWorkspace> {
  await lockChart(tx)
  await requireRoom(tx, 1)
  const { name, parentId, position, template, role = '', model, files = [] } = input
  const id = input.id ?? WorkspaceId.parse(uuidv7())
  await insertRow(tx, {
    ...{ id, parentId, name, position },
    template: template?.name ?? null,
    templatePath: template?.path ?? null,
    declared: template?.declared ?? {},
  })
  const given = new Set(files.map((file) => file.path))
  const made = defaultFiles({ name, role, model }).filter((file) => !given.has(file.path))
  tx.tell({ type: 'workspace.created', payload: { workspaceId: id, parentId, name, position } })
  for (const { path, text } of [...files, ...made]) {
    await writeFile(tx, { workspaceId: id, path, text, by: input.by, fromTemplate: template !== undefined })
  }
  return await requireWorkspace(tx, id)
}

/** Refuses when the org would pass its quota. */
export async function requireRoom(tx: Tx, more: number): Promise<void> {
  const maxWorkspaces = await workspacesAllowed(tx)
  if ((await countLiving(tx)) + more <= maxWorkspaces) return
  throw new AppError('too-large', `An organisation may hold at most ${maxWorkspaces} workspaces.`, {
    fix: 'Delete some first, or ask whoever runs this server for more.',
  })
}

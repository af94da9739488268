import { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Position } from '#shared/workspaces/contract.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Tx } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { writeNewFiles } from '../files/index.ts'
import { defaultFiles, type NamedText } from './default-files.ts'
import { requireRoom } from './insert-workspace.ts'
import { insertRows, lockChart } from './store.ts'

export type NewWorkspace = {
  /** Given by the caller, so that those below can name it as their parent. */
  id: WorkspaceId
  name: string
  parentId: WorkspaceId | null
  position: Position | null
  role: string
  template: { name: string; path: string; declared: Readonly<Record<string, unknown>> } | null
  /** Texts it starts with; a prompt or config that is not among them is made. */
  files: readonly NamedText[]
}

type InsertWorkspaces = {
  by: Actor
  workspaces: readonly NewWorkspace[]
  /** Asked between two parts of the work, with how many are in; what it throws ends the whole. */
  onPart?: (done: number) => Promise<void>
}

export const newWorkspaceId = () => WorkspaceId.parse(uuidv7())

/** So many at a time that a round trip is worth it and a person sees it go on. */
const partSize = 100

/** Many new workspaces with their files, parents before children, in few round trips. Refused over the org's quota. */
export async function insertWorkspaces(tx: Tx, { by, workspaces, onPart }: InsertWorkspaces): Promise<void> {
  if (workspaces.length === 0) return
  await lockChart(tx)
  await requireRoom(tx, workspaces.length)
  for (let start = 0; start < workspaces.length; start += partSize) {
    const part = workspaces.slice(start, start + partSize)
    await insertRows(tx, part.map(rowOf))
    for (const { id, parentId, name, position } of part) {
      tx.tell({ type: 'workspace.created', payload: { workspaceId: id, parentId, name, position } })
    }
    await writeNewFiles(tx, { by, files: part.flatMap(filesOf) })
    await onPart?.(start + part.length)
  }
}

function rowOf({ id, parentId, name, position, template }: NewWorkspace) {
  return {
    ...{ id, parentId, name, position },
    template: template?.name ?? null,
    templatePath: template?.path ?? null,
    declared: template?.declared ?? {},
  }
}

function filesOf({ id, name, role, template, files }: NewWorkspace) {
  const given = new Set(files.map((file) => file.path))
  const made = defaultFiles({ name, role, model: undefined }).filter((file) => !given.has(file.path))
  return [...files, ...made].map(({ path, text }) => ({
    workspaceId: id,
    path,
    text,
    isFromTemplate: template !== null,
  }))
}

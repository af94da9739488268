import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Position } from '#shared/workspaces/contract.ts'
import type { Tx } from '../../kernel/db.ts'
import { noWorkspace } from './load-chart.ts'
import { tellPlaced } from './place-workspaces.ts'
import { updateDeclared, updateParent, updatePositions } from './store.ts'

type SetParent = {
  workspaceId: WorkspaceId
  fromParentId: WorkspaceId | null
  toParentId: WorkspaceId | null
  position: Position | null
}

/** Puts a living workspace under another parent and tells it. The caller holds the chart and has checked the move. */
export async function setParent(tx: Tx, { workspaceId, fromParentId, toParentId, position }: SetParent): Promise<void> {
  if (!(await updateParent(tx, workspaceId, { parentId: toParentId, position }))) throw noWorkspace()
  // Within its team only the card went somewhere else.
  if (fromParentId === toParentId) return tellPlaced(tx, [{ workspaceId, position }])
  tx.tell({ type: 'workspace.moved', payload: { workspaceId, fromParentId, toParentId, position } })
}

type UpdateFromTemplate = {
  workspaceId: WorkspaceId
  declared: Readonly<Record<string, unknown>>
  /** Where the template puts the card now; absent when it does not say anything new. */
  position?: Position | null
}

/** Keeps what a template declares anew for a workspace it made; its files are written by their own door. */
export async function updateFromTemplate(tx: Tx, input: UpdateFromTemplate): Promise<void> {
  const { workspaceId, declared, position } = input
  if (!(await updateDeclared(tx, workspaceId, declared))) throw noWorkspace()
  if (position === undefined) return
  await updatePositions(tx, [{ workspaceId, position }])
  tellPlaced(tx, [{ workspaceId, position }])
}

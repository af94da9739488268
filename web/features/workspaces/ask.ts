import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Position } from '#shared/workspaces/contract.ts'
import { createAsked } from '../../kernel/asked.ts'

/** A dialog about workspaces that someone asked for, from the graph, the palette or a menu. */
export type WorkspaceQuestion =
  | { kind: 'create'; parentId: WorkspaceId | null; position?: Position }
  | { kind: 'rename'; workspaceId: WorkspaceId }
  | { kind: 'delete'; workspaceIds: readonly WorkspaceId[] }

const asked = createAsked<WorkspaceQuestion | undefined>(undefined)

export const askWorkspace = asked.ask
/** For the one place that shows it. */
export const useWorkspaceQuestion = asked.useAskedHere

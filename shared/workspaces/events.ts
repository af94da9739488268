import { z } from 'zod'
import { WorkspaceId } from '../kernel/ids.ts'
import { Position, WorkspaceStatus } from './contract.ts'

const id = { workspaceId: WorkspaceId }

export const workspaceEvents = [
  z.object({
    type: z.literal('workspace.created'),
    payload: z.object({ ...id, parentId: WorkspaceId.nullable(), name: z.string(), position: Position.nullable() }),
  }),
  z.object({ type: z.literal('workspace.renamed'), payload: z.object({ ...id, name: z.string() }) }),
  z.object({
    type: z.literal('workspace.moved'),
    payload: z.object({
      ...id,
      fromParentId: WorkspaceId.nullable(),
      toParentId: WorkspaceId.nullable(),
      position: Position.nullable(),
    }),
  }),
  /** Positions travel with the event, in slices of at most 50, so that every open canvas follows. */
  z.object({
    type: z.literal('workspace.placed'),
    payload: z.object({ positions: z.array(z.object({ ...id, position: Position.nullable() })).max(50) }),
  }),
  z.object({ type: z.literal('workspace.status-changed'), payload: z.object({ ...id, status: WorkspaceStatus }) }),
  /** With everything below it. Paused: nothing new starts. Frozen: what is not read-only is refused. */
  z.object({ type: z.literal('workspace.paused'), payload: z.object({ ...id }) }),
  z.object({ type: z.literal('workspace.resumed'), payload: z.object({ ...id }) }),
  z.object({ type: z.literal('workspace.frozen'), payload: z.object({ ...id }) }),
  z.object({ type: z.literal('workspace.unfrozen'), payload: z.object({ ...id }) }),
  z.object({ type: z.literal('workspace.deleted'), payload: z.object({ ...id }) }),
  z.object({ type: z.literal('workspace.restored'), payload: z.object({ ...id }) }),
] as const

import { z } from 'zod'
import { DelegationId, MemoryId, WorkspaceId } from '../kernel/ids.ts'

export const memoryEvents = [
  z.object({
    type: z.literal('memory.remembered'),
    payload: z.object({ memoryId: MemoryId, workspaceId: WorkspaceId, scope: z.enum(['LOCAL', 'TEAM', 'GLOBAL']) }),
  }),
  z.object({
    type: z.literal('memory.forgotten'),
    payload: z.object({ memoryId: MemoryId, workspaceId: WorkspaceId }),
  }),
  z.object({
    type: z.literal('memory.changed'),
    payload: z.object({ memoryId: MemoryId, workspaceId: WorkspaceId }),
  }),
  z.object({
    type: z.literal('memory.tidied'),
    payload: z.object({
      workspaceId: WorkspaceId,
      tidyingId: z.uuid(),
      merged: z.int().nonnegative(),
      faded: z.int().nonnegative(),
      dropped: z.int().nonnegative(),
    }),
  }),
  z.object({
    type: z.literal('memory.tidying-undone'),
    payload: z.object({ workspaceId: WorkspaceId, tidyingId: z.uuid() }),
  }),
  z.object({
    type: z.literal('plan.changed'),
    payload: z.object({ workspaceId: WorkspaceId, delegationId: DelegationId }),
  }),
] as const

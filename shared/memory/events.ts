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
    type: z.literal('plan.changed'),
    payload: z.object({ workspaceId: WorkspaceId, delegationId: DelegationId }),
  }),
] as const

import { z } from 'zod'
import { DelegationId, WorkspaceId } from '../kernel/ids.ts'
import { Role } from '../orgs/contract.ts'

export const notifyEvents = [
  /** An agent told people from a role upward; its words are kept apart. */
  z.object({
    type: z.literal('people.notified'),
    payload: z.object({
      noteId: z.uuid(),
      workspaceId: WorkspaceId,
      delegationId: DelegationId.nullable(),
      category: z.string().max(120),
      lowest: Role,
    }),
  }),
  z.object({ type: z.literal('notify.routes-changed'), payload: z.object({}) }),
] as const

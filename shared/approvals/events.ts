import { z } from 'zod'
import { ApprovalId, DelegationId, WorkspaceId } from '../kernel/ids.ts'

/** `workspaceId` is the one that asks. */
const of = { approvalId: ApprovalId, delegationId: DelegationId, workspaceId: WorkspaceId }

export const approvalEvents = [
  z.object({
    type: z.literal('approval.requested'),
    payload: z.object({ ...of, step: z.int().nonnegative(), tool: z.string().max(120) }),
  }),
  /** To the workspace above, or to people where there is none: null. */
  z.object({
    type: z.literal('approval.escalated'),
    payload: z.object({ ...of, toWorkspaceId: WorkspaceId.nullable() }),
  }),
  z.object({
    type: z.literal('approval.decided'),
    payload: z.object({ ...of, decision: z.enum(['approved', 'denied', 'expired', 'withdrawn']) }),
  }),
  z.object({ type: z.literal('approval.rules-changed'), payload: z.object({}) }),
] as const

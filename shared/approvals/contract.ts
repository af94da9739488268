import { z } from 'zod'
import { ApprovalId, DelegationId, OrgId, WorkspaceId } from '../kernel/ids.ts'
import { MicroDollars } from '../kernel/money.ts'
import { Instant } from '../kernel/time.ts'
import { defaultExpirySeconds, maxExpirySeconds, maxReasonChars } from './limits.ts'

export const ApprovalState = z.enum(['pending', 'approved', 'denied', 'expired', 'withdrawn'])
export type ApprovalState = z.infer<typeof ApprovalState>

export const ApprovalRuleId = z.uuid().brand<'ApprovalRuleId'>()
export type ApprovalRuleId = z.infer<typeof ApprovalRuleId>

/** What needs a yes: tools by name or pattern, or, with `minCost`, model calls that may cost at least that much. */
export const ApprovalRule = z.object({
  id: ApprovalRuleId,
  tool: z
    .string()
    .trim()
    .min(1, 'Name a tool, or * for all.')
    .max(120, 'Use at most 120 characters.')
    .regex(/^[^\s\0]+$/, 'Use no spaces.'),
  /** Null: everywhere in the organisation. */
  workspaceId: WorkspaceId.nullable(),
  /** Only workspaces of this tier or lower. */
  maxTier: z.int().min(1).max(5).nullable(),
  minCost: MicroDollars.nullable(),
  expiresSeconds: z
    .int()
    .min(1, 'Give at least a second.')
    .max(maxExpirySeconds, 'Give at most 30 days.')
    .default(defaultExpirySeconds),
  /** Who is asked: people, or first the workspaces above, one after the other. */
  escalate: z.enum(['people', 'parents-first']).default('people'),
})
export type ApprovalRule = z.infer<typeof ApprovalRule>

export const SetApprovalRule = ApprovalRule.omit({ id: true }).extend({ orgId: OrgId, id: ApprovalRuleId.optional() })
export type SetApprovalRule = z.input<typeof SetApprovalRule>
export const RemoveApprovalRule = z.object({ orgId: OrgId, id: ApprovalRuleId })

/** A question as people see it. */
export const ApprovalView = z.object({
  id: ApprovalId,
  delegationId: DelegationId,
  step: z.int().nonnegative(),
  workspaceId: WorkspaceId,
  workspaceName: z.string(),
  kind: z.enum(['tool', 'model']),
  tool: z.string(),
  args: z.string(),
  /** What the delegation is about. */
  task: z.string(),
  state: ApprovalState,
  assignedTo: WorkspaceId.nullable(),
  assignedToName: z.string().nullable(),
  createdAt: Instant,
  expiresAt: Instant,
  decidedAt: Instant.nullable(),
  decidedBy: z.string().nullable(),
  reason: z.string(),
})
export type ApprovalView = z.infer<typeof ApprovalView>

/** `state` absent: what waits, oldest first; `decided`: what was answered, newest first. */
export const ListApprovals = z.object({
  orgId: OrgId,
  which: z.enum(['pending', 'decided']).default('pending'),
  /** Only what this one asked. */
  delegationId: DelegationId.optional(),
  before: Instant.optional(),
  limit: z.int().min(1).max(100).default(50),
})
export type ListApprovals = z.infer<typeof ListApprovals>

export const DecideApproval = z.object({
  orgId: OrgId,
  approvalId: ApprovalId,
  decision: z.enum(['approved', 'denied']),
  reason: z.string().trim().max(maxReasonChars, `Use at most ${maxReasonChars} characters.`).default(''),
})
export type DecideApproval = z.infer<typeof DecideApproval>

import { z } from 'zod'
import { ApprovalId, DelegationId, OrgId, WorkspaceId } from '../kernel/ids.ts'
import { MicroDollars } from '../kernel/money.ts'
import { Instant } from '../kernel/time.ts'
import { defaultExpirySeconds, maxExpirySeconds, maxReasonChars } from './limits.ts'

export const ApprovalState = z.enum(['pending', 'approved', 'denied', 'expired', 'withdrawn'])
export type ApprovalState = z.infer<typeof ApprovalState>

export const ApprovalRuleId = z.uuid().brand<'ApprovalRuleId'>()
export type ApprovalRuleId = z.infer<typeof ApprovalRuleId>

/** What becomes of a call: it runs, it waits for a yes, or it is refused. */
export const RuleEffect = z.enum(['allow', 'ask', 'refuse'])
export type RuleEffect = z.infer<typeof RuleEffect>

const notRefused = {
  path: ['effect'],
  message: 'Dear model calls are stopped by a budget. Ask for a yes, or allow them.',
}
const Tier = z.int().min(1).max(5)

/** About tools by name or pattern or, with `minCost`, about model calls that may cost at least that much. */
const Fields = z.object({
  id: ApprovalRuleId,
  effect: RuleEffect.default('ask'),
  tool: z
    .string()
    .trim()
    .min(1, 'Name a tool, or * for all.')
    .max(120, 'Use at most 120 characters.')
    .regex(/^[^\s\0]+$/, 'Use no spaces.'),
  /** Null: everywhere in the organisation. */
  workspaceId: WorkspaceId.nullable(),
  /** With a workspace: everything below it too. */
  withTeam: z.boolean().default(false),
  /** Only workspaces whose role is like this, whatever the case of its letters. */
  role: z
    .string()
    .trim()
    .min(1, 'Name a role, or a part of it between *.')
    .max(120, 'Use at most 120 characters.')
    .nullable()
    .default(null),
  /** Only workspaces of this tier or higher. */
  minTier: Tier.nullable().default(null),
  /** Only workspaces of this tier or lower. */
  maxTier: Tier.nullable(),
  minCost: MicroDollars.nullable(),
  expiresSeconds: z
    .int()
    .min(1, 'Give at least a second.')
    .max(maxExpirySeconds, 'Give at most 30 days.')
    .default(defaultExpirySeconds),
  /** Who is asked: people, or first the workspaces above, one after the other. */
  escalate: z.enum(['people', 'parents-first']).default('people'),
})

export const ApprovalRule = Fields.refine(isSayable, notRefused)
export type ApprovalRule = z.infer<typeof ApprovalRule>

export const SetApprovalRule = Fields.omit({ id: true })
  .extend({ orgId: OrgId, id: ApprovalRuleId.optional() })
  .refine(isSayable, notRefused)
export type SetApprovalRule = z.input<typeof SetApprovalRule>
/** A model call that is too dear stands still at its budget, where a person can raise it; a refusal would only try the next model. */
function isSayable({ effect, minCost }: { effect: RuleEffect; minCost: number | null }): boolean {
  return effect !== 'refuse' || minCost === null
}

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
  /** Of arguments that are cut: the whole, in UTF-16 units and as SHA-256; it stands at the step. Null where nothing is cut. */
  whole: z.object({ chars: z.int().positive(), sha256: z.string() }).nullable(),
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

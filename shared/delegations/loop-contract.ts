import { z } from 'zod'
import { DelegationId, OrgId, WorkspaceId } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'

/** `once`: it counts anew. `always`: this rule is off for what it was about. `end`: the work fails with the sentence. */
export const ResumeLoop = z.object({ orgId: OrgId, delegationId: DelegationId, how: z.enum(['once', 'always', 'end']) })
export type ResumeLoop = z.infer<typeof ResumeLoop>

/** Work the loop breaker holds until a person answers. */
const LoopHoldView = z.object({
  delegationId: DelegationId,
  workspaceId: WorkspaceId,
  workspaceName: z.string(),
  rule: z.string(),
  /** What repeated, in one sentence. */
  sentence: z.string(),
  since: Instant,
})
export type LoopHoldView = z.infer<typeof LoopHoldView>

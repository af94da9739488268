import { z } from 'zod'
import { ApprovalRuleId } from '../approvals/contract.ts'
import { OrgId, WorkspaceId } from '../kernel/ids.ts'

/** A tool agents may call, as a person reads about it. */
export const ToolCard = z.object({
  name: z.string(),
  description: z.string(),
  /** Changes nothing. */
  isReadOnly: z.boolean(),
})
export type ToolCard = z.infer<typeof ToolCard>

export const ToolVerdict = z.enum(['may', 'asks', 'may-not'])
export type ToolVerdict = z.infer<typeof ToolVerdict>

/** What one workspace may do with a tool, because of what: follows "because". */
export const ToolAccess = ToolCard.extend({
  verdict: ToolVerdict,
  why: z.string(),
  /** The rule that decides; null where the config does, or nothing. */
  ruleId: ApprovalRuleId.nullable(),
})
export type ToolAccess = z.infer<typeof ToolAccess>

export const ToolAccessInput = z.object({ orgId: OrgId, workspaceId: WorkspaceId })

import type { WorkspaceId } from '../kernel/ids.ts'
import { isLike } from '../kernel/is-like.ts'
import type { ApprovalRule } from './contract.ts'

/** What is about to run. `cost`: the most a model call may cost, in micro-dollars; null where nobody knows. */
export type Asked = {
  kind: 'tool' | 'model'
  tool: string
  workspaceId: WorkspaceId
  tier: number
  cost: number | null
}

/**
 * The rule that makes it wait, or undefined. A rule of the workspace goes before one of the organisation, a shorter expiry
 * before a longer one. What nobody can price counts as dear.
 */
export function matchRule(rules: readonly ApprovalRule[], asked: Asked): ApprovalRule | undefined {
  const fitting = rules.filter((rule) => fits(rule, asked))
  return fitting.sort((one, other) => place(one) - place(other) || one.expiresSeconds - other.expiresSeconds)[0]
}

function fits(rule: ApprovalRule, { kind, tool, workspaceId, tier, cost }: Asked): boolean {
  if ((rule.minCost !== null) !== (kind === 'model')) return false
  if (rule.workspaceId !== null && rule.workspaceId !== workspaceId) return false
  if (rule.maxTier !== null && tier > rule.maxTier) return false
  if (rule.minCost !== null && cost !== null && cost < rule.minCost) return false
  return isLike(rule.tool, tool)
}

function place(rule: ApprovalRule): number {
  return rule.workspaceId === null ? 1 : 0
}

import type { WorkspaceId } from '../kernel/ids.ts'
import { isLike } from '../kernel/is-like.ts'
import { mayMean } from '../mcp/may-mean.ts'
import type { ApprovalRule } from './contract.ts'

/** Who is about to run something. `above`: the workspaces above it, nearest first. */
export type Caller = { workspaceId: WorkspaceId; above: readonly WorkspaceId[]; role: string; tier: number }

/** What is about to run. `cost`: the most a model call may cost, in micro-dollars; null where nobody knows. */
export type Asked = Caller & { kind: 'tool' | 'model'; tool: string; cost: number | null }

/**
 * The rule that says what becomes of it; undefined where none is about it, and it runs. The nearest to the workspace goes
 * first: its own, of the teams it is in from the nearest up, of its role, of its tier, of the organisation. Then the one with
 * more conditions, then the one that names the tool more exactly; of equals the stricter, then the one that expires sooner.
 * What nobody can price counts as dear.
 */
export function decidingRule(rules: readonly ApprovalRule[], asked: Asked): ApprovalRule | undefined {
  const fitting = rules.filter((rule) => fits(rule, asked))
  return fitting.sort((one, other) => compare(ranks(one, asked), ranks(other, asked)))[0]
}

function fits(rule: ApprovalRule, asked: Asked): boolean {
  const { kind, tool, role, tier, cost } = asked
  if ((rule.minCost !== null) !== (kind === 'model')) return false
  if (rule.workspaceId !== null && heightOf(rule, asked) === undefined) return false
  if (rule.role !== null && !isLike(rule.role.toLowerCase(), role.toLowerCase())) return false
  if (rule.minTier !== null && tier < rule.minTier) return false
  if (rule.maxTier !== null && tier > rule.maxTier) return false
  if (rule.minCost !== null && cost !== null && cost < rule.minCost) return false
  // What holds back means a tool however it is spelled; what gives means exactly what it says.
  return rule.effect === 'allow' ? isLike(rule.tool, tool) : mayMean(rule.tool, tool)
}

/** How far above the caller the workspace of a rule is: 0 for itself, undefined where the rule is not about it. */
function heightOf(rule: ApprovalRule, { workspaceId, above }: Caller): number | undefined {
  if (rule.workspaceId === workspaceId) return 0
  if (rule.workspaceId === null || !rule.withTeam) return undefined
  const index = above.indexOf(rule.workspaceId)
  return index < 0 ? undefined : index + 1
}

const strictness = { refuse: 0, ask: 1, allow: 2 } as const
const farthest = 1_000

/** Less is nearer. */
function ranks(rule: ApprovalRule, asked: Asked): number[] {
  const isOfTier = rule.minTier !== null || rule.maxTier !== null
  const place =
    rule.workspaceId !== null
      ? (heightOf(rule, asked) ?? farthest)
      : farthest + (rule.role !== null ? 1 : isOfTier ? 2 : 3)
  const conditions = [rule.role !== null, isOfTier].filter(Boolean).length
  return [place, -conditions, -exactness(rule.tool), strictness[rule.effect], rule.expiresSeconds]
}

/** A name is more exact than any pattern; a pattern the more, the more letters it gives. */
function exactness(tool: string): number {
  return tool.includes('*') ? tool.replaceAll('*', '').length : farthest
}

function compare(one: readonly number[], other: readonly number[]): number {
  for (const [index, value] of one.entries()) {
    const difference = value - (other[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

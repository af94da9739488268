import type { ApprovalRule } from '../approvals/contract.ts'
import { type Caller, decidingRule } from '../approvals/match-rule.ts'
import { ruleWords } from '../approvals/rule-words.ts'
import { givenBy } from '../workspaces/allowed-tools.ts'
import type { ToolVerdict } from './contract.ts'

/** Who would call: `listed` is what its config lists under tools. */
export type ToolCaller = Caller & { listed: readonly string[] | undefined }

type Known = { rules: readonly ApprovalRule[]; nameOf: (workspaceId: string) => string | undefined }

/**
 * May a workspace call a tool, does it ask first, or may it not; and because of what. The engine's gate says the same. `given`
 * where something else than its list of tools says whether it has it.
 */
export function toolAccess(
  tool: string,
  { listed, ...caller }: ToolCaller,
  { rules, nameOf }: Known,
  given: ReturnType<typeof givenBy> = givenBy(tool, listed),
): { verdict: ToolVerdict; why: string; ruleId: ApprovalRule['id'] | null } {
  const { isGiven, why } = given
  if (!isGiven) return { verdict: 'may-not', why, ruleId: null }
  const rule = rules.length === 0 ? undefined : decidingRule(rules, { ...caller, kind: 'tool', tool, cost: 0 })
  if (!rule) return { verdict: 'may', why, ruleId: null }
  const by = ruleWords(rule, nameOf)
  if (rule.effect === 'refuse') return { verdict: 'may-not', why: `${by} refuses it`, ruleId: rule.id }
  if (rule.effect === 'allow') return { verdict: 'may', why: `${by} allows it`, ruleId: rule.id }
  if (answersQuestions.has(tool)) return { verdict: 'may', why, ruleId: null }
  return { verdict: 'asks', why: `${by} wants a yes`, ruleId: rule.id }
}

/** Answering a question must not raise another. */
export const answersQuestions: ReadonlySet<string> = new Set(['list_approvals', 'decide_approval'])

import type { ApprovalRule } from '#shared/approvals/contract.ts'
import { type Asked, decidingRule } from '#shared/approvals/match-rule.ts'
import { ruleWords } from '#shared/approvals/rule-words.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Reader } from '../../kernel/db.ts'
import { selectLine, selectRules } from './store.ts'

type Call = Pick<Asked, 'kind' | 'tool' | 'cost'>
type Standing = { workspaceId: WorkspaceId; role: string; tier: number }

/** The rules as they stand for one workspace. */
export type Rulebook = {
  rules: readonly ApprovalRule[]
  /** The rule that says what becomes of a call; undefined where none is about it. */
  decide(call: Call): ApprovalRule | undefined
  /** Why a call of this tool may not be made at all; undefined where it may, perhaps after a yes. */
  refusal(tool: string): string | undefined
}

/** One small read where there are no rules; the line above is read only where a rule is about a workspace. */
export async function readRulebook(reader: Reader, of: Standing): Promise<Rulebook> {
  const rules = await selectRules(reader)
  const line = rules.some((rule) => rule.workspaceId !== null) ? await selectLine(reader, of.workspaceId) : []
  return rulebookOf(rules, { ...of, line })
}

/** `line`: the workspace itself, then those above it, nearest first. */
export function rulebookOf(
  rules: readonly ApprovalRule[],
  { line, ...of }: Standing & { line: readonly { id: WorkspaceId; name: string }[] },
): Rulebook {
  const above = line.map(({ id }) => id).filter((id) => id !== of.workspaceId)
  const nameOf = (id: string) => line.find((one) => one.id === id)?.name
  const decide = (call: Call) => (rules.length === 0 ? undefined : decidingRule(rules, { ...of, above, ...call }))
  return {
    rules,
    decide,
    refusal: (tool) => {
      const rule = decide({ kind: 'tool', tool, cost: 0 })
      return rule?.effect === 'refuse' ? ruleWords(rule, nameOf) : undefined
    },
  }
}

import { maxArgsChars } from '#shared/approvals/limits.ts'
import { matchRule } from '#shared/approvals/match-rule.ts'
import { ApprovalId, type DelegationId, type WorkspaceId } from '#shared/kernel/ids.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { insertApproval, parentOf, selectRules } from './store.ts'

export type Ask = {
  delegationId: DelegationId
  workspaceId: WorkspaceId
  step: number
  kind: 'tool' | 'model'
  /** Name of the tool, or of the model. */
  tool: string
  /** As the model wrote them; shown shortened. */
  args: string
  tier: number
  /** Asked only where a rule is about cost: the most a model call may cost, in micro-dollars; null where nobody knows. */
  cost(): Promise<number | null>
}

/** Answering a question must not raise another. */
const answering = new Set(['list_approvals', 'decide_approval'])

/** Would a rule make this tool wait for a yes? For callers who cannot wait. */
export async function needsApproval(
  reader: Reader,
  asked: { tool: string; workspaceId: WorkspaceId; tier: number },
): Promise<boolean> {
  if (answering.has(asked.tool)) return false
  return matchRule(await selectRules(reader), { ...asked, kind: 'tool', cost: 0 }) !== undefined
}

/**
 * Before an effect begins, in the transaction that writes it down: does a rule make it wait? Then the question is written and
 * told, and its id is given; asking again for the same step gives the same question. One small read where there are no rules.
 */
export async function gate(tx: Tx, asks: readonly Ask[]): Promise<Map<number, ApprovalId>> {
  const waits = new Map<number, ApprovalId>()
  if (asks.length === 0) return waits
  const rules = await selectRules(tx)
  if (rules.length === 0) return waits
  for (const ask of asks.filter(({ tool }) => !answering.has(tool))) {
    const isDear = ask.kind === 'model' && rules.some((rule) => rule.minCost !== null)
    const rule = matchRule(rules, { ...ask, cost: isDear ? await ask.cost() : 0 })
    if (!rule) continue
    const assignedTo = rule.escalate === 'parents-first' ? await parentOf(tx, ask.workspaceId) : null
    const args = ask.args.slice(0, maxArgsChars)
    const { delegationId, workspaceId, step, kind, tool } = ask
    const { expiresSeconds } = rule
    const of = { delegationId, step, workspaceId, kind, tool, args, assignedTo, expiresSeconds }
    const { id, isNew } = await insertApproval(tx, { ...of, id: ApprovalId.parse(uuidv7()) })
    waits.set(step, id)
    if (!isNew) continue
    const told = { approvalId: id, delegationId, workspaceId }
    tx.tell({ type: 'approval.requested', payload: { ...told, step, tool: tool.slice(0, 120) } })
    if (assignedTo) tx.tell({ type: 'approval.escalated', payload: { ...told, toWorkspaceId: assignedTo } })
  }
  return waits
}

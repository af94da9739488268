import { createHash } from 'node:crypto'
import { maxArgsChars } from '#shared/approvals/limits.ts'
import { ApprovalId, type DelegationId, type WorkspaceId } from '#shared/kernel/ids.ts'
import { answersQuestions } from '#shared/tools/tool-access.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { type Rulebook, readRulebook } from './rulebook.ts'
import { insertApproval, parentOf, type WholeArgs } from './store.ts'

export type Ask = {
  delegationId: DelegationId
  workspaceId: WorkspaceId
  step: number
  kind: 'tool' | 'model'
  /** Name of the tool, or of the model. */
  tool: string
  /** As the model wrote them; shown shortened. */
  args: string
  /** Asked only where a rule is about cost: the most a model call may cost, in micro-dollars; null where nobody knows. */
  cost(): Promise<number | null>
}

/** What the rules say to a call of a tool, for callers who cannot wait for a yes. */
export async function verdictOn(
  reader: Reader,
  { tool, ...of }: { tool: string; workspaceId: WorkspaceId; role: string; tier: number },
): Promise<{ kind: 'free' } | { kind: 'asks' } | { kind: 'refused'; by: string }> {
  const rulebook = await readRulebook(reader, of)
  const by = rulebook.refusal(tool)
  if (by) return { kind: 'refused', by }
  const rule = answersQuestions.has(tool) ? undefined : rulebook.decide({ kind: 'tool', tool, cost: 0 })
  return { kind: rule?.effect === 'ask' ? 'asks' : 'free' }
}

/**
 * Before an effect begins, in the transaction that writes it down: does a rule make it wait? Then the question is written and
 * told, and its id is given; asking again for the same step gives the same question.
 */
export async function gate(tx: Tx, rulebook: Rulebook, asks: readonly Ask[]): Promise<Map<number, ApprovalId>> {
  const waits = new Map<number, ApprovalId>()
  if (asks.length === 0 || rulebook.rules.length === 0) return waits
  const isAboutCost = rulebook.rules.some((rule) => rule.minCost !== null)
  for (const ask of asks.filter(({ tool }) => !answersQuestions.has(tool))) {
    const isDear = ask.kind === 'model' && isAboutCost
    const rule = rulebook.decide({ kind: ask.kind, tool: ask.tool, cost: isDear ? await ask.cost() : 0 })
    if (rule?.effect !== 'ask') continue
    const assignedTo = rule.escalate === 'parents-first' ? await parentOf(tx, ask.workspaceId) : null
    const { args, whole } = cutArgs(ask.args)
    const { delegationId, workspaceId, step, kind, tool } = ask
    const { expiresSeconds } = rule
    const of = { delegationId, step, workspaceId, kind, tool, args, whole, assignedTo, expiresSeconds }
    const { id, isNew } = await insertApproval(tx, { ...of, id: ApprovalId.parse(uuidv7()) })
    waits.set(step, id)
    if (!isNew) continue
    const told = { approvalId: id, delegationId, workspaceId }
    tx.tell({ type: 'approval.requested', payload: { ...told, step, tool: tool.slice(0, 120) } })
    if (assignedTo) tx.tell({ type: 'approval.escalated', payload: { ...told, toWorkspaceId: assignedTo } })
  }
  return waits
}

/** A yes is to the whole: where people see less of it they are told how much less, and of what. */
function cutArgs(args: string): { args: string; whole: WholeArgs | null } {
  if (args.length <= maxArgsChars) return { args, whole: null }
  const whole = { chars: args.length, sha256: createHash('sha256').update(args).digest('hex') }
  return { args: args.slice(0, maxArgsChars), whole }
}

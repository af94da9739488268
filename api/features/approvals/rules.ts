import { ApprovalRule, ApprovalRuleId, type SetApprovalRule } from '#shared/approvals/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot, inTransaction } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { requireWorkspace } from '../workspaces/index.ts'
import { deleteRule, selectRules, upsertRule } from './store.ts'

export async function listRules(context: OrgContext): Promise<ApprovalRule[]> {
  requireMay(context, 'approvals.read')
  return await inSnapshot(context.db, context.orgId, selectRules)
}

/** Makes a rule, or changes the one with this id. It holds for every effect that begins from now on. */
export async function setRule(context: OrgContext, given: Omit<SetApprovalRule, 'orgId'>): Promise<ApprovalRule> {
  requireMay(context, 'approvals.rules.write')
  const rule = ApprovalRule.parse({ ...given, id: given.id ?? ApprovalRuleId.parse(uuidv7()) })
  await inTransaction(context, async (tx) => {
    if (rule.workspaceId) await requireWorkspace(tx, rule.workspaceId)
    await upsertRule(tx, rule, context.actor.name)
    tx.tell({ type: 'approval.rules-changed', payload: {} })
  })
  return rule
}

/** What waits by this rule goes on waiting for its answer. */
export async function removeRule(context: OrgContext, id: ApprovalRuleId): Promise<void> {
  requireMay(context, 'approvals.rules.write')
  await inTransaction(context, async (tx) => {
    if (!(await deleteRule(tx, id))) throw new AppError('not-found', 'There is no such rule.')
    tx.tell({ type: 'approval.rules-changed', payload: {} })
  })
}

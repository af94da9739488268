import type { CallsOf } from '../call.ts'
import { inOrg, ofDelegation } from '../inputs.ts'
import { askForAll } from '../things.ts'

export const approvals: CallsOf<'approvals'> = {
  list: { needs: 'approvals.read', input: ofDelegation, others: 'ok' },
  decide: {
    needs: 'approvals.answer',
    input: ({ orgId, approvalId }) => ({ orgId, approvalId, decision: 'denied' }),
    keys: 'by list',
    tells: ['approval.decided'],
  },
  rules: { needs: 'approvals.read', input: inOrg },
  setRule: {
    needs: 'approvals.rules.write',
    input: ({ orgId, workspaceId }) => ({ ...askForAll, orgId, workspaceId }),
    tells: ['approval.rules-changed'],
  },
  removeRule: {
    needs: 'approvals.rules.write',
    input: ({ orgId, ruleId: id }) => ({ orgId, id }),
    tells: ['approval.rules-changed'],
  },
}

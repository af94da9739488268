import type { CallsOf } from '../call.ts'
import { inOrg, inWorkspace, ofDelegation } from '../inputs.ts'
import { noLimits } from '../things.ts'

export const budgets: CallsOf<'budgets'> = {
  list: { needs: 'budgets.read', input: inOrg },
  set: {
    needs: 'budgets.workspace.write',
    input: (things) => ({
      ...{ ...inWorkspace(things), scope: 'workspace', period: 'day', limits: { ...noLimits, money: 1_000_000 } },
    }),
    tells: ['budget.set'],
  },
  remove: {
    ...{ needs: 'budgets.org.write', needsFirst: 'budgets.workspace.write' },
    input: ({ orgId, budgetId }) => ({ orgId, budgetId }),
    tells: ['budget.removed'],
  },
  prices: { needs: 'budgets.read', input: inOrg },
  setPrice: {
    needs: 'budgets.prices.write',
    input: ({ orgId }) => ({ orgId, model: 'rehearsal', input: 1, output: 1 }),
    tells: ['price.set'],
  },
  resetPrice: {
    needs: 'budgets.prices.write',
    input: ({ orgId }) => ({ orgId, model: 'rehearsal' }),
    tells: ['price.set'],
  },
  today: { needs: 'budgets.read', input: inOrg },
  waitOf: { needs: 'budgets.read', input: ofDelegation, others: 'ok' },
  spend: { needs: 'budgets.read', input: inOrg },
}

import { RemoveBudget, ResetPrice, SetBudget, SetPrice, WaitInput } from '#shared/budgets/contract.ts'
import { OrgInput } from '#shared/orgs/contract.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { getSpend, getSpendToday } from './get-spend.ts'
import { getWait } from './get-wait.ts'
import { listBudgets } from './list-budgets.ts'
import { listPrices } from './list-prices.ts'
import { removeBudget } from './remove-budget.ts'
import { setBudget } from './set-budget.ts'
import { resetPrice, setPrice } from './set-price.ts'

export const budgetsRouter = router({
  list: orgProcedure.input(OrgInput).query(({ ctx }) => listBudgets(ctx.org)),
  set: orgProcedure.input(SetBudget).mutation(({ ctx, input }) => setBudget(ctx.org, input)),
  remove: orgProcedure.input(RemoveBudget).mutation(({ ctx, input }) => removeBudget(ctx.org, input)),
  prices: orgProcedure.input(OrgInput).query(({ ctx }) => listPrices(ctx.org)),
  setPrice: orgProcedure.input(SetPrice).mutation(({ ctx, input }) => setPrice(ctx.org, input)),
  resetPrice: orgProcedure.input(ResetPrice).mutation(({ ctx, input }) => resetPrice(ctx.org, input)),
  today: orgProcedure.input(OrgInput).query(({ ctx }) => getSpendToday(ctx.org)),
  waitOf: orgProcedure.input(WaitInput).query(({ ctx, input }) => getWait(ctx.org, input)),
  spend: orgProcedure.input(OrgInput).query(({ ctx }) => getSpend(ctx.org)),
})

import { RemoveBudget, ResetPrice, SetBudget, SetPrice } from '#shared/budgets/contract.ts'
import { OrgInput } from '#shared/orgs/contract.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { getSpend } from './get-spend.ts'
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
  spend: orgProcedure.input(OrgInput).query(({ ctx }) => getSpend(ctx.org)),
})

import { DecideApproval, ListApprovals, RemoveApprovalRule, SetApprovalRule } from '#shared/approvals/contract.ts'
import { OrgInput } from '#shared/orgs/contract.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { decideApproval } from './decide-approval.ts'
import { listApprovals } from './list-approvals.ts'
import { listRules, removeRule, setRule } from './rules.ts'

export const approvalsRouter = router({
  list: orgProcedure.input(ListApprovals).query(({ ctx, input }) => listApprovals(ctx.org, input)),
  decide: orgProcedure.input(DecideApproval).mutation(({ ctx, input }) => decideApproval(ctx.org, input)),
  rules: orgProcedure.input(OrgInput).query(({ ctx }) => listRules(ctx.org)),
  setRule: orgProcedure.input(SetApprovalRule).mutation(({ ctx, input }) => setRule(ctx.org, input)),
  removeRule: orgProcedure.input(RemoveApprovalRule).mutation(({ ctx, input }) => removeRule(ctx.org, input.id)),
})

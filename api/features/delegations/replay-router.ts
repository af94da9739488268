import { DelegationInput } from '#shared/delegations/contract.ts'
import { CompareDelegations, ForkDelegation } from '#shared/delegations/replay-contract.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { forkDelegation } from './fork-delegation.ts'
import { compareDelegations, relativesOf } from './replay-compare.ts'
import { replayDelegation } from './replay-delegation.ts'

/** What can be done with recorded work. */
export const replaysRouter = router({
  replay: orgProcedure.input(DelegationInput).query(({ ctx, input }) => replayDelegation(ctx.org, input.delegationId)),
  fork: orgProcedure.input(ForkDelegation).mutation(({ ctx, input }) => forkDelegation(ctx.org, input)),
  compare: orgProcedure.input(CompareDelegations).query(({ ctx, input }) => compareDelegations(ctx.org, input)),
  relatives: orgProcedure.input(DelegationInput).query(({ ctx, input }) => relativesOf(ctx.org, input.delegationId)),
})

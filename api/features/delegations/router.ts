import {
  CreateDelegation,
  DelegationInput,
  ListDelegations,
  ReassignDelegation,
  RetryDelegation,
  SendMessage,
  SettleInterrupted,
} from '#shared/delegations/contract.ts'
import { ResumeLoop } from '#shared/delegations/loop-contract.ts'
import { OutdatedInput, RestartOutdated } from '#shared/delegations/restart-contract.ts'
import { FreezeOrg, OrgInput } from '#shared/orgs/contract.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { activeDelegations } from './active-delegations.ts'
import { cancelDelegation } from './cancel-delegation.ts'
import { continueDelegation } from './continue-delegation.ts'
import { delegate } from './delegate.ts'
import { getDelegation } from './get-delegation.ts'
import { getLog } from './get-log.ts'
import { getTree } from './get-tree.ts'
import { listDelegations } from './list-delegations.ts'
import { listOutdated } from './list-outdated.ts'
import { loopHolds } from './loop-holds.ts'
import { reassignDelegation } from './reassign-delegation.ts'
import { restartOutdated } from './restart-outdated.ts'
import { resumeLoop } from './resume-loop.ts'
import { retryDelegation } from './retry-delegation.ts'
import { sendMessage } from './send-message.ts'
import { settleInterrupted } from './settle-interrupted.ts'
import { freezeOrg, startCompany, stopCompany } from './stop-company.ts'

export const delegationsRouter = router({
  create: orgProcedure.input(CreateDelegation).mutation(({ ctx, input }) => delegate(ctx.org, input)),
  cancel: orgProcedure
    .input(DelegationInput)
    .mutation(({ ctx, input }) => cancelDelegation(ctx.org, input.delegationId)),
  /** Past the step limit, by 25 more steps. */
  continue: orgProcedure
    .input(DelegationInput)
    .mutation(({ ctx, input }) => continueDelegation(ctx.org, input.delegationId)),
  retry: orgProcedure
    .input(RetryDelegation)
    .mutation(({ ctx, input }) => retryDelegation(ctx.org, input.delegationId, input.idempotencyKey)),
  message: orgProcedure
    .input(SendMessage)
    .mutation(({ ctx, input }) => sendMessage(ctx.org, input.delegationId, input)),
  reassign: orgProcedure
    .input(ReassignDelegation)
    .mutation(({ ctx, input }) => reassignDelegation(ctx.org, input.delegationId, input.workspaceId)),
  /** Work in flight that keeps an older config, and the way to begin it afresh. */
  outdated: orgProcedure.input(OutdatedInput).query(({ ctx, input }) => listOutdated(ctx.org, input.workspaceId)),
  restart: orgProcedure.input(RestartOutdated).mutation(({ ctx, input }) => restartOutdated(ctx.org, input)),
  /** About an effect that was interrupted and may have happened or not. */
  settleInterrupted: orgProcedure
    .input(SettleInterrupted)
    .mutation(({ ctx, input }) => settleInterrupted(ctx.org, input.delegationId, input.how)),
  stopCompany: orgProcedure.input(OrgInput).mutation(({ ctx }) => stopCompany(ctx.org)),
  startCompany: orgProcedure.input(OrgInput).mutation(({ ctx }) => startCompany(ctx.org)),
  freezeOrg: orgProcedure.input(FreezeOrg).mutation(({ ctx, input }) => freezeOrg(ctx.org, input.isFrozen)),
  list: orgProcedure.input(ListDelegations).query(({ ctx, input }) => listDelegations(ctx.org, input)),
  get: orgProcedure.input(DelegationInput).query(({ ctx, input }) => getDelegation(ctx.org, input.delegationId)),
  tree: orgProcedure.input(DelegationInput).query(({ ctx, input }) => getTree(ctx.org, input.delegationId)),
  /** All that was recorded of it and of what it handed on. */
  log: orgProcedure.input(DelegationInput).query(({ ctx, input }) => getLog(ctx.org, input.delegationId)),
  /** What the loop breaker holds, and a person's answer to it. */
  loopHolds: orgProcedure.input(OrgInput).query(({ ctx }) => loopHolds(ctx.org)),
  resumeLoop: orgProcedure
    .input(ResumeLoop)
    .mutation(({ ctx, input }) => resumeLoop(ctx.org, input.delegationId, input.how)),
  active: orgProcedure.input(OrgInput).query(({ ctx }) => activeDelegations(ctx.org)),
})

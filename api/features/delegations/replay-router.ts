import { DelegationInput } from '#shared/delegations/contract.ts'
import {
  CompareDelegations,
  DryRunInput,
  ForkDelegation,
  ListCases,
  TryPrompt,
} from '#shared/delegations/replay-contract.ts'
import { WindowInput } from '#shared/delegations/window-contract.ts'
import type { AnyTool } from '../../kernel/agent-tool.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { dryRun } from './dry-run.ts'
import { forkDelegation } from './fork-delegation.ts'
import { getWindow } from './get-window.ts'
import { promptCases, tryPrompt } from './prompt-effect.ts'
import { compareDelegations, relativesOf } from './replay-compare.ts'
import { replayDelegation } from './replay-delegation.ts'

/**
 * What can be done with recorded work, and with work that is only played. `tools` act within our own database, `engine` are
 * all an agent at work may call.
 */
export const replaysRouter = (tools: readonly AnyTool[], engine: readonly AnyTool[]) =>
  router({
    replay: orgProcedure
      .input(DelegationInput)
      .query(({ ctx, input }) => replayDelegation(ctx.org, input.delegationId)),
    /** The exact context window of one model call. */
    window: orgProcedure.input(WindowInput).query(({ ctx, input }) => getWindow(ctx.org, input, engine)),
    fork: orgProcedure.input(ForkDelegation).mutation(({ ctx, input }) => forkDelegation(ctx.org, input)),
    compare: orgProcedure.input(CompareDelegations).query(({ ctx, input }) => compareDelegations(ctx.org, input)),
    relatives: orgProcedure.input(DelegationInput).query(({ ctx, input }) => relativesOf(ctx.org, input.delegationId)),
    promptCases: orgProcedure.input(ListCases).query(({ ctx, input }) => promptCases(ctx.org, input)),
    /** Mutations although nothing is written: a real model's calls cost money. */
    tryPrompt: orgProcedure
      .input(TryPrompt)
      .mutation(({ ctx, input, signal }) => tryPrompt(ctx.org, { input, tools, signal: signal ?? never })),
    dryRun: orgProcedure
      .input(DryRunInput)
      .mutation(({ ctx, input, signal }) => dryRun(ctx.org, input, { tools, signal: signal ?? never })),
  })

/** Of a call without a connection that could be cut. */
const never = new AbortController().signal

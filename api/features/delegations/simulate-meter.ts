import { randomInt } from 'node:crypto'
import type { Journal, RecordedStep } from '#shared/delegations/journal.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import type { AnyTool } from '../../kernel/agent-tool.ts'
import { inTransaction } from '../../kernel/db.ts'
import { ModelFailure, type ModelReply, worstCase } from '../../runtimes/native/call-model.ts'
import { reserve, settle } from '../budgets/index.ts'
import { toolsOf } from './known-tools.ts'
import type { Cast } from './simulate-work.ts'

type Tried = { delegationId: DelegationId; rootId: DelegationId; workspaceId: WorkspaceId }

/** No recorded delegation has as many steps, so a trial's calls are charges of their own beside the recorded ones. */
const firstTrialStep = 1_000_000

/**
 * A trial on recorded work spends real money where the model is real: each call is reserved and settled like any other, on
 * the account of the work it is tried on. A rehearsal costs nothing and is not counted.
 */
export function meterTrial(context: OrgContext, tried: Tried, tools: readonly AnyTool[]): Cast['around'] {
  const { delegationId, ...whose } = tried
  const step = randomInt(firstTrialStep, 2_000_000_000)
  let attempt = 0
  return async (
    { journal, step: asked }: { journal: Journal; step: RecordedStep },
    call: () => Promise<ModelReply>,
  ) => {
    const { model, isRehearsal, ...worst } = worstCase(journal, toolsOf(tools, journal), asked)
    if (isRehearsal) return { ...(await call()), cost: 0 }
    attempt += 1
    const charge = { delegationId, step, attempt }
    await inTransaction(context, async (tx) => {
      const reserved = await reserve(tx, { ...charge, ...whose, model, isRehearsal, worst })
      // Thrown inside, so that nothing is left waiting for this budget.
      if (reserved.kind !== 'reserved') throw new AppError('conflict', reserved.reason)
    })
    const reply = await call().catch(async (error: unknown) => {
      const outcome = error instanceof ModelFailure ? error.billing : 'unknown'
      await inTransaction(context, (tx) => settle(tx, { ...charge, outcome }))
      throw error
    })
    const { cost } = await inTransaction(context, (tx) => settle(tx, { ...charge, outcome: reply.usage }))
    return { ...reply, cost }
  }
}

import type { ResumeLoop } from '#shared/delegations/loop-contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { hint, wake } from '../../kernel/wake.ts'
import { findStanding, insertNote } from './delegation-store.ts'
import { findLoopHold, type LoopHold, listHoldsOfChain, writeAllowance } from './loop-store.ts'
import { lockReady } from './queue-store.ts'

type How = ResumeLoop['how']

/**
 * What a person says to work the breaker stopped: go on once (it counts anew), always (the rule is off for what it was about),
 * or end (it fails with the breaker's sentence). Holds for everything of the chain that stands still by the same rule.
 */
export async function resumeLoop(context: OrgContext, id: DelegationId, how: How): Promise<void> {
  requireMay(context, 'delegations.steer')
  await inTransaction(context, async (tx) => {
    const asked = await findLoopHold(tx, id)
    const inChain = asked && isOfChain(asked) ? await listHoldsOfChain(tx, asked.chainId, asked.rule) : []
    const ids = [...new Set([id, ...inChain.map((hold) => hold.delegationId)])]
    await lockReady(tx, ids)
    // Read again: somebody else may have answered before the lock was ours.
    const hold = await findLoopHold(tx, id)
    if (!hold) throw await notHeld(tx, id)
    const others = isOfChain(hold) ? await listHoldsOfChain(tx, hold.chainId, hold.rule) : []
    const held = [hold, ...others.filter((other) => other.delegationId !== id && ids.includes(other.delegationId))]
    await allow(tx, hold, how, context.actor.name)
    for (const one of held) await release(tx, one, how, context.actor.name)
    await wake(
      tx,
      held.map((one) => one.delegationId),
    )
  })
  hint(context.db, { kind: 'work' })
}

/** Repeated calls are a matter of one delegation; every other rule is about the chain. */
function isOfChain({ rule }: LoopHold): boolean {
  return rule !== 'same-call'
}

async function allow(tx: Tx, hold: LoopHold, how: How, by: string): Promise<void> {
  if (how === 'end') return
  const chain = `chain:${hold.chainId}`
  if (how === 'always') await writeAllowance(tx, { scope: hold.scope ?? chain, rule: hold.rule, how, by })
  if (how === 'once' && isOfChain(hold)) await writeAllowance(tx, { scope: chain, rule: '*', how, by })
}

async function release(tx: Tx, hold: LoopHold, how: How, by: string): Promise<void> {
  const { delegationId, workspaceId, fromWorkspaceId, chainId, depth } = hold
  const chain = { id: chainId, depth }
  const step = await insertNote(tx, delegationId, 'released', { how, by })
  const note = { step, kind: 'note' as const, state: 'done' as const, name: 'released', cost: 0 }
  tx.tell({ type: 'step.changed', payload: { delegationId, workspaceId, ...note } }, chain)
  tx.tell({ type: 'chain.resumed', payload: { delegationId, workspaceId, fromWorkspaceId, how } }, chain)
}

async function notHeld(tx: Tx, id: DelegationId): Promise<AppError> {
  if (!(await findStanding(tx, id))) return new AppError('not-found', 'There is no such delegation.')
  return new AppError('conflict', 'The loop breaker does not hold this delegation any more.', {
    fix: 'Look at it again: somebody else may have let it go on.',
  })
}

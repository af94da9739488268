import type { Released } from '#shared/delegations/journal.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { findOpenHold, settleInterruptedSteps } from './hold-store.ts'
import { noteIn } from './note-in.ts'
import { tellChanged } from './tell.ts'

/**
 * A person's decision about an effect nobody knows the end of: run it again, skip it (the model is told that nobody knows
 * whether it happened), or end the work. The decision is a recorded step.
 */
export async function settleInterrupted(
  context: OrgContext,
  id: DelegationId,
  how: 'again' | 'skip' | 'end',
): Promise<void> {
  requireMay(context, 'delegations.steer')
  await noteIn(context, id, async (tx, found) => {
    const hold = await findOpenHold(tx, id)
    if (hold?.code !== 'interrupted') {
      throw new AppError('conflict', 'No step of this delegation waits for such a decision.')
    }
    const settled = how === 'end' ? [] : await settleInterruptedSteps(tx, id, how)
    for (const step of settled) tellChanged(tx, { ...step, delegationId: id, workspaceId: found.workspaceId })
    const released: Released = { how, by: context.actor.name }
    return { name: 'released', output: released }
  })
}

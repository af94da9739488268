import { continueBy } from '#shared/delegations/journal.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { findOpenHold } from './hold-store.ts'
import { noteIn } from './note-in.ts'

/** Lets a delegation that reached its step limit take more steps. The permission is a recorded step. */
export async function continueDelegation(context: OrgContext, id: DelegationId): Promise<void> {
  requireMay(context, 'delegations.steer')
  await noteIn(context, id, async (tx, found) => {
    if (found.state !== 'waiting' || found.waitingFor !== 'budget' || (await findOpenHold(tx, id))) {
      throw new AppError('conflict', 'This delegation does not wait at its step limit.')
    }
    return { name: 'continued', output: { extraSteps: continueBy, by: context.actor.name } }
  })
}

import { isTerminal, type Message } from '#shared/delegations/journal.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { userBehind } from '../../kernel/machines/user-behind.ts'
import { noteIn } from './note-in.ts'

/** A person's words into work that has begun: the model hears them before its next answer, and does not end without. */
export async function sendMessage(context: OrgContext, id: DelegationId, text: string): Promise<void> {
  requireMay(context, 'delegations.steer')
  await noteIn(context, id, async (tx, found) => {
    if (isTerminal(found.state)) {
      throw new AppError('conflict', `This delegation has already ended: ${found.state}.`, {
        fix: 'Give the workspace a new delegation.',
      })
    }
    const byUser = await userBehind(tx, context.actor)
    const message: Message = { text, by: context.actor.name, ...(byUser && { byUser }) }
    return { name: 'message', output: message }
  })
}

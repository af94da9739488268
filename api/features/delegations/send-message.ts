import { isTerminal, type Message } from '#shared/delegations/journal.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { userBehind } from '../../kernel/machines/user-behind.ts'
import { hasHeard } from './delegation-store.ts'
import { noteIn } from './note-in.ts'

/** A person's words into work that has begun: the model hears them before its next answer, and does not end without. */
export async function sendMessage(
  context: OrgContext,
  id: DelegationId,
  { text, idempotencyKey: key }: { text: string; idempotencyKey?: string | undefined },
): Promise<void> {
  requireMay(context, 'delegations.steer')
  await noteIn(context, id, async (tx, found) => {
    // Before all else: what was heard stays heard, also by work that has ended since.
    if (key !== undefined && (await hasHeard(tx, id, key))) return undefined
    if (isTerminal(found.state)) {
      throw new AppError('conflict', `This delegation has already ended: ${found.state}.`, {
        fix: 'Give the workspace a new delegation.',
      })
    }
    const byUser = await userBehind(tx, context.actor)
    const message: Message = {
      text,
      by: context.actor.name,
      ...(byUser && { byUser }),
      ...(key !== undefined && { key }),
    }
    return { name: 'message', output: message }
  })
}

import type { CreatedDelegation } from '#shared/delegations/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { hint } from '../../kernel/wake.ts'
import { copyConversation } from './copy-conversation-store.ts'
import { delegateIn } from './delegate.ts'
import { findGivenLately, findStanding } from './delegation-store.ts'
import { priorityOf } from './journal-store.ts'

/**
 * Gives the same task to the same workspace again, as a new delegation; the failed one stays as it was recorded. The same
 * key gives the same new one again, also where that has failed meanwhile.
 */
export async function retryDelegation(context: OrgContext, id: DelegationId, key?: string): Promise<CreatedDelegation> {
  requireMay(context, 'delegations.give')
  const created = await inTransaction(context, async (tx) => {
    const found = await findStanding(tx, id)
    if (!found) throw new AppError('not-found', 'There is no such delegation.')
    if (found.state !== 'failed' && found.state !== 'cancelled') {
      throw new AppError('conflict', `Only failed or cancelled work can be tried again; this is ${found.state}.`)
    }
    const { workspaceId, task, priority } = found
    const once = key === undefined ? undefined : `retry/${id}/${key}`
    const given = once && (await findGivenLately(tx, workspaceId, once))
    if (given) return { delegationId: given.id, state: given.state, idempotentHit: true }
    const work = { workspaceId, task, priority: priorityOf(priority) }
    const made = await delegateIn(tx, context, { ...work, ...(once && { idempotencyKey: once }) })
    if (!made.idempotentHit) await copyConversation(tx, id, made.delegationId)
    return made
  })
  hint(context.db, { kind: 'work' })
  return created
}

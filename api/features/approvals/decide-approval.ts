import type { DecideApproval } from '#shared/approvals/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { ApprovalId } from '#shared/kernel/ids.ts'
import { eventActor, keyOf, type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { hint, wake } from '../../kernel/wake.ts'
import { countOthers, findStanding, hadTheirHandIn, parentOf, passUp, type Standing, writeDecision } from './store.ts'

type Answer = Pick<DecideApproval, 'approvalId' | 'decision' | 'reason'>

/**
 * A person's answer. The first one counts: a second is a conflict. Whoever gave the work, had it given by a schedule or an
 * agent's token, or said anything into it does not answer for it, as long as anybody else of the organisation could; who answered is taken from the session and kept with the answer.
 */
export async function decideApproval(context: OrgContext, answer: Answer): Promise<void> {
  requireMay(context, 'approvals.answer')
  await inTransaction(context, async (tx) => {
    await requireSomebodyElse(tx, context, answer.approvalId)
    await decideIn(tx, context, answer, () => {})
  })
  hint(context.db, { kind: 'work' })
}

/**
 * A key answers only where that is named in what it may, and never for work of its own, of whoever made it, or of another of
 * their keys, tokens or schedules: what one pair of hands asks and answers nobody has approved.
 */
async function requireSomebodyElse(tx: Tx, { actor }: OrgContext, id: ApprovalId): Promise<void> {
  const key = keyOf(actor)
  if (key && !key.permissions?.includes('approvals.answer')) {
    throw new AppError('forbidden', 'This key may not answer approvals.', {
      fix: 'Make one whose list of permissions names approvals.answer, or answer yourself.',
    })
  }
  if (actor.kind !== 'person' && actor.kind !== 'key') return
  const by = actor.kind === 'person' ? { userId: actor.userId } : { keyId: actor.keyId }
  if (!(await hadTheirHandIn(tx, id, by))) return
  if (key)
    throw new AppError(
      'forbidden',
      'This key belongs to whoever gave the work or had a say in it, so somebody else has to answer.',
    )
  if (actor.kind !== 'person' || (await countOthers(tx, actor.userId)) === 0) return
  throw new AppError('forbidden', 'You gave this work or had a say in it, so somebody else has to answer.', {
    fix: 'Ask another member of the organisation.',
  })
}

/** The same in a transaction of the caller, after `mayDecide` agreed. */
export async function decideIn(
  tx: Tx,
  context: OrgContext,
  { approvalId, decision, reason }: Answer,
  mayDecide: (found: Standing) => void,
): Promise<void> {
  const found = await findStanding(tx, approvalId)
  if (!found) throw new AppError('not-found', 'There is no such approval.')
  mayDecide(found)
  // Its queue entry first, then the question: the lock order.
  await wake(tx, [found.delegationId])
  if (found.isExpired && found.state === 'pending') throw over('expired')
  const by = eventActor(context.actor)
  const isFirst = await writeDecision(tx, approvalId, { state: decision, by, byName: context.actor.name, reason })
  if (!isFirst) throw over((await findStanding(tx, approvalId))?.state ?? 'answered')
  const { delegationId, workspaceId } = found
  tx.tell({ type: 'approval.decided', payload: { approvalId, delegationId, workspaceId, decision } })
}

/** To whoever is above the one that was asked; at the top, to people. */
export async function escalateIn(tx: Tx, found: Standing): Promise<void> {
  const to = found.assignedTo ? await parentOf(tx, found.assignedTo) : null
  if (!(await passUp(tx, found.id, to))) throw over('answered')
  const { id: approvalId, delegationId, workspaceId } = found
  tx.tell({ type: 'approval.escalated', payload: { approvalId, delegationId, workspaceId, toWorkspaceId: to } })
}

/** Only what was given to this workspace to answer, and never what it asked itself. */
export function requireAssigned(workspaceId: string): (found: Standing) => void {
  return (found) => {
    if (found.workspaceId === workspaceId) throw new AppError('forbidden', 'Nobody answers what they asked themselves.')
    if (found.assignedTo !== workspaceId) throw new AppError('not-found', 'No such approval waits for you.')
  }
}

export async function requireStanding(tx: Tx, id: ApprovalId): Promise<Standing> {
  const found = await findStanding(tx, id)
  if (!found) throw new AppError('not-found', 'There is no such approval.')
  return found
}

function over(state: string): AppError {
  return new AppError('conflict', `This approval is over: ${state}.`, { fix: 'Look at what became of it.' })
}

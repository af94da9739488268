import { AppError } from '#shared/kernel/app-error.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { type Db, inTransaction, type Tx } from '../../kernel/db.ts'
import { hint, tellCancelled, wake } from '../../kernel/wake.ts'
import { askToCancel } from './cancel-store.ts'
import { allAlive, lockStop, setOrgFrozen, setStopped } from './company-store.ts'
import { lockReady } from './queue-store.ts'

/**
 * Stops the company: everything alive is cancelled, calls in flight are aborted, and nothing starts until somebody starts it
 * again. Gives how many delegations were alive; each ends by itself within a second, as its events tell.
 */
export async function stopCompany(context: OrgContext): Promise<{ delegations: number }> {
  requireMay(context, 'orgs.stop')
  const ended = await inTransaction(context, async (tx) => {
    await lockStop(tx)
    if (!(await setStopped(tx, true))) throw new AppError('conflict', 'The organisation is stopped already.')
    const alive = await cancelAll(tx, `${context.actor.name} stopped the organisation.`)
    tx.tell({ type: 'org.stopped', payload: { delegations: alive.length } })
    return alive
  })
  await tellAll(context.db, ended)
  return { delegations: ended.length }
}

/** For an organisation that ends: its work ends with the caller's transaction. What it gives is called after the commit. */
export async function endAllWork(tx: Tx, { db }: OrgContext, why: string): Promise<() => Promise<void>> {
  await lockStop(tx)
  const alive = await cancelAll(tx, why)
  return () => tellAll(db, alive)
}

async function cancelAll(tx: Tx, why: string): Promise<DelegationId[]> {
  const alive = await allAlive(tx)
  await lockReady(tx, alive)
  await askToCancel(tx, alive, why)
  await wake(tx, alive)
  return alive
}

/** Calls in flight are aborted, also those of other nodes. */
async function tellAll(db: Db, delegationIds: readonly DelegationId[]): Promise<void> {
  hint(db, { kind: 'cancel', delegationIds })
  await tellCancelled(db, delegationIds)
}

/** Lets the organisation take work again. What was ended stays ended. */
export async function startCompany(context: OrgContext): Promise<void> {
  requireMay(context, 'orgs.stop')
  await inTransaction(context, async (tx) => {
    if (!(await setStopped(tx, false))) throw new AppError('conflict', 'The organisation is not stopped.')
    tx.tell({ type: 'org.started', payload: {} })
  })
}

/** Agents may only read, in the whole organisation; the engine refuses the rest. Doing it twice changes nothing. */
export async function freezeOrg(context: OrgContext, isFrozen: boolean): Promise<void> {
  requireMay(context, 'orgs.freeze')
  await inTransaction(context, async (tx) => {
    if (!(await setOrgFrozen(tx, isFrozen))) return
    tx.tell({ type: isFrozen ? 'org.frozen' : 'org.unfrozen', payload: {} })
    await wake(tx, await allAlive(tx))
  })
  hint(context.db, { kind: 'work' })
}

import { AppError } from '#shared/kernel/app-error.ts'
import type { SecretId } from '#shared/kernel/ids.ts'
import type { SecretChange } from '#shared/secrets/contract.ts'
import { actorName, type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { hint } from '../../kernel/wake.ts'
import { type Affected, affectedBy, tellable, wakeWaiting } from './affected.ts'
import { requireMaySet } from './policy.ts'
import { type Found, findByName, findSecret, lockSecrets, markDeleted, unmarkDeleted } from './store.ts'

type Restored = Omit<SecretChange, 'notMasked'>
type Removed = { restorableUntil: string; affected: Affected[] }

/** No agent gets it any more. It can be taken back for a day; then it is destroyed. */
export async function removeSecret(context: OrgContext, id: SecretId): Promise<Removed> {
  requireMay(context, 'secrets.read')
  return await inTransaction(context, async (tx) => {
    await lockSecrets(tx)
    const found = await requireSecret(tx, context, id)
    if (found.isDeleted) throw noSecret()
    const { name, workspaceId } = found
    const affected = await affectedBy(tx, name, workspaceId)
    const until = await markDeleted(tx, id, actorName(context.actor))
    tx.tell({ type: 'secret.deleted', payload: { secretId: id, name, workspaceId, ...tellable(affected) } })
    return { restorableUntil: until.toISOString(), affected }
  })
}

/** Takes back that it was deleted. */
export async function restoreSecret(context: OrgContext, id: SecretId): Promise<Restored> {
  requireMay(context, 'secrets.read')
  const change = await inTransaction(context, async (tx) => {
    const { name, workspaceId, version } = await requireSecret(tx, context, id)
    await wakeWaiting(tx, workspaceId, [name])
    await lockSecrets(tx)
    const found = await requireSecret(tx, context, id)
    if (!found.isDeleted) throw new AppError('conflict', `${name} is not deleted.`)
    if (await findByName(tx, workspaceId, name)) {
      throw new AppError('conflict', `There is another ${name} by now.`, { fix: 'Delete that one first, or keep it.' })
    }
    const affected = await affectedBy(tx, name, workspaceId)
    await unmarkDeleted(tx, id)
    tx.tell({ type: 'secret.restored', payload: { secretId: id, name, workspaceId, ...tellable(affected) } })
    return { secretId: id, name, version, affected }
  })
  hint(context.db, { kind: 'work' })
  return change
}

async function requireSecret(tx: Tx, context: OrgContext, id: SecretId): Promise<Found> {
  const found = await findSecret(tx, id)
  if (!found) throw noSecret()
  requireMaySet(context, found.workspaceId)
  return found
}

export function noSecret(): AppError {
  return new AppError('not-found', 'There is no such secret.')
}

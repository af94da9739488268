import { AppError } from '#shared/kernel/app-error.ts'
import type { RotationKind } from '#shared/secrets/key-rotation.ts'
import { actorName, type OrgContext } from '../actor.ts'
import { type Db, inSnapshot, inTransaction } from '../db.ts'
import { uuidv7 } from '../uuid.ts'
import type { KeyProvider } from './key-provider.ts'
import { keyProviderOf } from './of-db.ts'
import { requireWorking } from './rotate.ts'
import { countByKey, countByKeyEverywhere, insertRotation, startEverywhere } from './rotate-store.ts'

/** Begins a rotation in one org, for the clock to go on with. Throws conflict where one runs, unavailable where no key wraps. */
export async function startRotation(context: OrgContext, kind: RotationKind): Promise<void> {
  const { db, orgId, actor } = context
  const used = await inSnapshot(db, orgId, countByKey)
  await readyKey(keyProviderOf(db), kind, used)
  const begun = await inTransaction(context, async (tx) => {
    const wasFree = await insertRotation(tx, uuidv7(), kind, actorName(actor))
    if (wasFree) tx.tell({ type: 'secrets.rotation-started', payload: { kind } })
    return wasFree
  })
  if (!begun) {
    throw new AppError('conflict', 'The keys are being rotated already.', { fix: 'Wait until that is done.' })
  }
}

/** The same in every org that has secrets and no rotation yet. Gives how many were begun. */
export async function startRotationEverywhere(db: Db, kind: RotationKind, byName: string): Promise<number> {
  await readyKey(keyProviderOf(db), kind, await countByKeyEverywhere(db))
  return await startEverywhere(db, kind, byName)
}

/** Where the key is ours to make, a new one is made; unless there is a newer one than what is used already. */
async function readyKey(provider: KeyProvider, kind: RotationKind, used: readonly { keyId: string }[]): Promise<void> {
  const current = await requireWorking(provider)
  if (kind !== 'wrapping' || !provider.renewKey || used.length === 0) return
  if (used.every(({ keyId }) => keyId === current)) provider.renewKey()
}

import { AppError } from '#shared/kernel/app-error.ts'
import type { KeyId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { endKey, findKeyRow } from './key-store.ts'
import { viewerOf } from './list-keys.ts'
import { seesAllKeys } from './policy.ts'

/** From the next request on it opens nothing, and its streams end. Somebody else's key is only an admin's to end. */
export async function revokeKey(context: OrgContext, keyId: KeyId): Promise<void> {
  requireMay(context, 'keys.own.write')
  await inTransaction(context, async (tx) => {
    const key = await findKeyRow(tx, keyId)
    if (!key || !(seesAllKeys(context) || key.userId === viewerOf(context))) throw noSuchKey()
    if (!(await endKey(tx, keyId))) throw noSuchKey()
    tx.tell({ type: 'key.revoked', payload: { keyId } })
  })
}

function noSuchKey(): AppError {
  return new AppError('not-found', 'There is no such key.')
}

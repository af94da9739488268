import type { KeyStatus, RotateKeys } from '#shared/secrets/key-rotation.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { keyProviderOf } from '../../kernel/vault/of-db.ts'
import { countByKey, newestRotation } from '../../kernel/vault/rotate-store.ts'
import { startRotation } from '../../kernel/vault/start-rotation.ts'

/** Begins to rotate the keys of the org's secrets in the background; nothing is unreadable meanwhile. */
export async function rotateKeys(context: OrgContext, { kind }: RotateKeys): Promise<KeyStatus> {
  requireMay(context, 'secrets.keys.rotate')
  await startRotation(context, kind)
  return await getKeyStatus(context)
}

/** Who wraps, by which keys how much is wrapped, and how far a rotation is. */
export async function getKeyStatus(context: OrgContext): Promise<KeyStatus> {
  requireMay(context, 'secrets.read')
  const { db, orgId } = context
  return await inSnapshot(db, orgId, async (reader) => {
    const [keys, rotation] = await Promise.all([countByKey(reader), newestRotation(reader)])
    const { name: provider } = keyProviderOf(db)
    if (!rotation) return { provider, keys, rotation: null }
    const { startedAt, finishedAt, ...rest } = rotation
    const at = { startedAt: startedAt.toISOString(), finishedAt: finishedAt?.toISOString() ?? null }
    return { provider, keys, rotation: { ...rest, ...at } }
  })
}

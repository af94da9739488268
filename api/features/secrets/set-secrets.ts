import { AppError } from '#shared/kernel/app-error.ts'
import { SecretId, type WorkspaceId } from '#shared/kernel/ids.ts'
import { whyNotRedacted } from '#shared/secrets/can-be-redacted.ts'
import type { SecretChange, SetSecret, SetSecrets } from '#shared/secrets/contract.ts'
import { hintOf } from '#shared/secrets/hint.ts'
import { maxSecrets } from '#shared/secrets/limits.ts'
import { isAddress, isSetting } from '#shared/secrets/services.ts'
import { actorName, type OrgContext } from '../../kernel/actor.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { type DataKey, newDataKey, seal } from '../../kernel/vault/envelope.ts'
import { keyProviderOf } from '../../kernel/vault/of-db.ts'
import { hint } from '../../kernel/wake.ts'
import { requireAddress } from '../../models/connections.ts'
import { requireWorkspace } from '../workspaces/index.ts'
import { affectedBy, tellable, wakeWaiting } from './affected.ts'
import { requireMaySet } from './policy.ts'
import { countSecrets, findByName, insertSecret, lockSecrets, updateVersion } from './store.ts'
import { insertVersion } from './version-store.ts'

/** Makes a secret, or gives it a new version. */
export async function setSecret(context: OrgContext, input: Omit<SetSecret, 'orgId'>): Promise<SecretChange> {
  const { workspaceId, ...entry } = input
  const [change] = await setSecrets(context, { workspaceId, entries: [entry] })
  if (!change) throw new Error('nothing was set')
  return change
}

/** All of them or none. Work that waited for one goes on. */
export async function setSecrets(context: OrgContext, input: Omit<SetSecrets, 'orgId'>): Promise<SecretChange[]> {
  const { workspaceId, entries } = input
  requireMaySet(context, workspaceId)
  for (const { name, value } of entries) if (isAddress(name)) requireAddress(name, value)
  const keys: DataKey[] = []
  try {
    // The provider may be far away: it is asked before the transaction, which holds locks.
    for (const _ of entries) keys.push(await newDataKey(keyProviderOf(context.db)))
    const changes = await inTransaction(context, async (tx) => {
      if (workspaceId) await requireWorkspace(tx, workspaceId)
      const names = entries.map(({ name }) => name)
      await wakeWaiting(tx, workspaceId, names)
      await lockSecrets(tx)
      const done: SecretChange[] = []
      for (const [place, entry] of entries.entries()) {
        const key = keys[place]
        if (key) done.push(await write(tx, context, { ...entry, workspaceId, key }))
      }
      await refuseTooMany(tx)
      return done
    })
    hint(context.db, { kind: 'work' })
    return changes
  } finally {
    for (const key of keys) key.destroy()
  }
}

type Writing = { workspaceId: WorkspaceId | null; name: string; value: string; key: DataKey }

async function write(tx: Tx, context: OrgContext, { workspaceId, name, value, key }: Writing): Promise<SecretChange> {
  const byName = actorName(context.actor)
  const known = await findByName(tx, workspaceId, name)
  const id = known?.id ?? SecretId.parse(uuidv7())
  const version = (known?.version ?? 0) + 1
  const shown = { id, hint: hintOf(value), byName }
  if (known) await updateVersion(tx, { ...shown, version })
  else await insertSecret(tx, { ...shown, workspaceId, name })
  const envelope = seal(key, { orgId: tx.orgId, secretId: id, version }, value)
  await insertVersion(tx, { ...envelope, secretId: id, version, byName })
  const affected = await affectedBy(tx, name, workspaceId)
  tx.tell({ type: 'secret.set', payload: { secretId: id, name, workspaceId, version, ...tellable(affected) } })
  const notMasked = isSetting(name) ? null : whyNotRedacted(value)
  return { secretId: id, name, version, affected, notMasked }
}

async function refuseTooMany(tx: Tx): Promise<void> {
  if ((await countSecrets(tx)) <= maxSecrets) return
  throw new AppError('too-large', `An organisation keeps at most ${maxSecrets.toLocaleString('en')} secrets.`, {
    fix: 'Delete some that nobody uses.',
  })
}

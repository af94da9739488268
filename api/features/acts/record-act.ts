import { ActId, type Change } from '#shared/acts/contract.ts'
import { mergePlacements } from '#shared/acts/merge-placements.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import type { Tx } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { dropOldActs, dropUndone, extendAct, insertAct, latestMergeable } from './store.ts'

type Act = {
  /** As it reads after "Undo": "move of Researcher". */
  name: string
  changes: readonly Change[]
  /** Acts of one key that follow each other within seconds are taken back together. */
  mergeKey?: string
}

/** Longer names are cut: they are read in a button. */
const longest = 120
const kept = 100

/**
 * Keeps what a person did, in the transaction that does it, so that they can take it back. What they had taken back before
 * can then no longer be done again. Acts of keys, agents and the system are not kept: nobody would undo them by hand.
 */
export async function recordAct(tx: Tx, { actor, actId }: OrgContext, { name, changes, mergeKey }: Act): Promise<void> {
  if (actor.kind !== 'person' || actor.key || changes.length === 0) return
  const { userId } = actor
  await dropUndone(tx, userId)
  const latest = mergeKey === undefined ? undefined : await latestMergeable(tx, userId, mergeKey)
  const merged = latest && mergePlacements(latest.changes, changes)
  if (latest && merged) return await extendAct(tx, latest.id, merged)
  const id = actId ?? ActId.parse(uuidv7())
  const isNew = await insertAct(tx, { id, userId, name: shortened(name), changes, mergeKey: mergeKey ?? null })
  if (!isNew) throw new AppError('conflict', 'This was done already.')
  await dropOldActs(tx, userId, kept)
}

function shortened(name: string): string {
  return name.length > longest ? `${name.slice(0, longest - 1)}…` : name
}

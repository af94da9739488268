import { randomBytes } from 'node:crypto'
import { AppError } from '#shared/kernel/app-error.ts'
import type { OrgContext } from '../actor.ts'
import { type Db, inSnapshot, inTransaction } from '../db.ts'
import { type Envelope, newDataKey, open, type Place, seal } from './envelope.ts'
import type { KeyProvider, WrappedKey } from './key-provider.ts'
import { mayPassLater } from './key-providers/ask-twice.ts'
import { keyProviderOf } from './of-db.ts'
import {
  claimRotations,
  finishRotation,
  moveOn,
  putOff,
  type RotationClaim,
  readNext,
  replaceEnvelope,
  type SealedVersion,
} from './rotate-store.ts'

const orgsAtOnce = 2
const batch = 20
/** A node that is gone is followed by another after this time; each batch prolongs it. */
const leaseMs = 30_000
const troubleMs = 15_000
const by = { kind: 'system', name: 'key rotation' } as const

/** Goes on with every rotation that is due, in batches. Any number of nodes may try: each rotation is held by one. */
export async function rotateDue(db: Db): Promise<void> {
  for (;;) {
    const claims = await claimRotations(db, orgsAtOnce, leaseMs)
    const outcomes = await Promise.allSettled(claims.map((claim) => rotate(db, claim)))
    const failed = outcomes.find((outcome) => outcome.status === 'rejected')
    if (failed) throw failed.reason
    if (claims.length < orgsAtOnce) return
  }
}

async function rotate(db: Db, claim: RotationClaim): Promise<void> {
  const context: OrgContext = { db, orgId: claim.orgId, actor: by }
  try {
    const keyId = await requireWorking(keyProviderOf(db))
    while (await rotateBatch(context, claim));
    await inTransaction(context, async (tx) => {
      const finished = await finishRotation(tx, claim)
      if (!finished) return
      const provider = keyProviderOf(db).name
      tx.tell({ type: 'secrets.rewrapped', payload: { provider, keyId, count: finished.done } })
    })
  } catch (error) {
    const words = error instanceof AppError ? [error.message, error.fix].filter(Boolean).join(' ') : undefined
    const problem = words ?? 'The server could not go on; its log says why.'
    await inTransaction(context, (tx) => putOff(tx, claim, problem, troubleMs))
    if (!words) throw error
  }
}

/** Nothing is begun with a provider that does not give back what it wraps. Gives the id of the key that wraps now. */
export async function requireWorking(provider: KeyProvider): Promise<string> {
  const dataKey = randomBytes(32)
  const kept = await provider.wrap(dataKey)
  if (dataKey.equals(await provider.unwrap(kept))) return kept.keyId
  throw new AppError('unavailable', `The key provider ${provider.name} gives back other keys than it was given.`, {
    fix: 'Look whether its address leads to the service that it should.',
  })
}

type Outcome = { was: SealedVersion; anew: Envelope } | { was: SealedVersion; problem: string }

/** The key service is asked outside the transaction; false when nothing is left, or another node holds the rotation. */
async function rotateBatch(context: OrgContext, claim: RotationClaim): Promise<boolean> {
  const next = await inSnapshot(context.db, context.orgId, (reader) => readNext(reader, claim, batch))
  const last = next.at(-1)
  if (!last) return false
  const provider = keyProviderOf(context.db)
  const outcomes = await Promise.all(next.map((was) => anewOrProblem(provider, context.orgId, was, claim)))
  return await inTransaction(context, async (tx) => {
    const failed = outcomes.flatMap((outcome) => ('problem' in outcome ? [outcome.problem] : []))
    const done = outcomes.length - failed.length
    const step = { after: last, done, failed: failed.length, problem: failed[0] ?? null }
    if (!(await moveOn(tx, claim, step, leaseMs))) return false
    for (const outcome of outcomes) if ('anew' in outcome) await replaceEnvelope(tx, outcome.was, outcome.anew)
    return true
  })
}

/** A value that cannot be opened, now or later, stays as it is and is counted; what may pass stops the rotation for a moment. */
async function anewOrProblem(
  provider: KeyProvider,
  orgId: string,
  was: SealedVersion,
  { kind }: RotationClaim,
): Promise<Outcome> {
  const { secretId, version } = was
  try {
    const anew =
      kind === 'data'
        ? await sealAnew(provider, was, { orgId, secretId, version })
        : { ...(await rewrap(provider, was)), sealed: was.sealed }
    return { was, anew }
  } catch (error) {
    if (!(error instanceof AppError) || mayPassLater(error)) throw error
    return { was, problem: [error.message, error.fix].filter(Boolean).join(' ') }
  }
}

async function sealAnew(provider: KeyProvider, was: SealedVersion, place: Place): Promise<Envelope> {
  const value = await open(provider, was, place)
  const dataKey = await newDataKey(provider)
  try {
    return seal(dataKey, place, value)
  } finally {
    dataKey.destroy()
  }
}

async function rewrap(provider: KeyProvider, { keyId, wrapped }: SealedVersion): Promise<WrappedKey> {
  if (provider.rewrap) return await provider.rewrap({ keyId, wrapped })
  const dataKey = await provider.unwrap({ keyId, wrapped })
  try {
    return await provider.wrap(dataKey)
  } finally {
    dataKey.fill(0)
  }
}

import { AppError } from '#shared/kernel/app-error.ts'
import { eventActor, type OrgContext } from './actor.ts'
import { inTransaction } from './db.ts'

const quietMs = 60_000
/** Of one org within that time; of whoever goes on trying, the number tells. */
const toldOfOneOrg = 30
const keptInMemory = 5_000

type Seen = { at: number; untold: number }
const seen = new Map<string, Seen>()

/** Whether somebody asked for what is not theirs to do. */
export function isRefusal(cause: unknown): boolean {
  return cause instanceof AppError && cause.code === 'forbidden'
}

/** Tells the org's log that a change was refused: at once, then at most once a minute for the same caller and call. */
export async function tellRefusal(context: OrgContext, call: string, now = Date.now()): Promise<void> {
  const times = toTell(context, call, now)
  if (times === 0) return
  await inTransaction(context, async (tx) =>
    tx.tell({ type: 'access.refused', payload: { call: call.slice(0, 120), times } }),
  )
}

function toTell({ orgId, actor }: OrgContext, call: string, now: number): number {
  if (seen.size >= keptInMemory) seen.clear()
  const key = `${orgId}/${eventActor(actor).id}/${call}`
  const before = seen.get(key)
  const ofOrg = seen.get(orgId)
  const isFull = ofOrg !== undefined && now - ofOrg.at < quietMs && ofOrg.untold >= toldOfOneOrg
  if ((before && now - before.at < quietMs) || isFull) {
    seen.set(key, { at: before?.at ?? now - quietMs, untold: (before?.untold ?? 0) + 1 })
    return 0
  }
  seen.set(key, { at: now, untold: 0 })
  const isSameMinute = ofOrg !== undefined && now - ofOrg.at < quietMs
  seen.set(orgId, isSameMinute ? { at: ofOrg.at, untold: ofOrg.untold + 1 } : { at: now, untold: 1 })
  return (before?.untold ?? 0) + 1
}

import type { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import { callAcrossOrgs, type Db, type Tx } from './db.ts'
import { sql } from './sql.ts'

/**
 * Says that something a delegation waits for has changed. Counted, not flagged: a wake that arrives while a worker decides
 * makes it ready again when the worker lets go, so none is ever lost.
 */
export async function wake(tx: Tx, delegationIds: readonly DelegationId[]): Promise<void> {
  if (delegationIds.length === 0) return
  await tx.rows(sql`
    with due as (
      select delegation_id from ready
       where org_id = ${tx.orgId} and delegation_id = any (${delegationIds})
       order by delegation_id for update
    )
    update ready set wakes = wakes + 1, wake_at = least(coalesce(wake_at, now()), now())
      from due where ready.org_id = ${tx.orgId} and ready.delegation_id = due.delegation_id`)
}

/** Wakes everything unfinished in these workspaces, e.g. because they were removed or given back. */
export async function wakeWorkspaces(tx: Tx, workspaceIds: readonly WorkspaceId[]): Promise<void> {
  const alive = await tx.rows<{ id: DelegationId }>(sql`
    select id from delegations
     where org_id = ${tx.orgId} and workspace_id = any (${workspaceIds})
       and state not in ('completed', 'failed', 'cancelled')
     order by id`)
  await wake(
    tx,
    alive.map((delegation) => delegation.id),
  )
}

type Hint = { kind: 'work' } | { kind: 'cancel'; delegationIds: readonly DelegationId[] }
const listeners = new WeakMap<Db, Set<(hint: Hint) => void>>()

/**
 * Tells that there may be work, after the commit: workers of this process, or, where there is none, those of others. Only a
 * hint: all look by the clock too.
 */
export function hint(db: Db, what: Hint): void {
  const here = listeners.get(db)
  for (const listener of here ?? []) listener(what)
  if (!here?.size) void callAcrossOrgs(db, sql`select pg_notify(${workChannel}, '')`).catch(() => {})
}

/** Gives the undoing. */
export function onHint(db: Db, listener: (hint: Hint) => void): () => void {
  const all = listeners.get(db) ?? new Set()
  listeners.set(db, all.add(listener))
  return () => void all.delete(listener)
}

/** The channel on which work is told to other nodes; its payload says nothing. */
export const workChannel = 'delegraph_work'
/** The channel on which nodes tell each other what to abort; its payload is a JSON array of delegation ids. */
export const cancelChannel = 'delegraph_cancel'
/** Payloads of NOTIFY end at 8,000 bytes. */
const idsPerNotice = 150

/** After the commit of a cancel. A lost notice is harmless: holders ask at each heartbeat. */
export async function tellCancelled(db: Db, delegationIds: readonly DelegationId[]): Promise<void> {
  for (let at = 0; at < delegationIds.length; at += idsPerNotice) {
    const payload = JSON.stringify(delegationIds.slice(at, at + idsPerNotice))
    await callAcrossOrgs(db, sql`select pg_notify(${cancelChannel}, ${payload})`)
  }
}

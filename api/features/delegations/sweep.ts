import type { DelegationId, OrgId } from '#shared/kernel/ids.ts'
import { configDefaults } from '#shared/workspaces/config-defaults.ts'
import { type Db, inTransaction } from '../../kernel/db.ts'
import { wake } from '../../kernel/wake.ts'
import { markLost, retryExpiredSteps } from './journal-store.ts'
import { findAsleep, findLost, freeExpiredAdvances, type InOrg, lockReady } from './queue-store.ts'
import { tellLost } from './tell.ts'

/** An effect whose worker died is begun this often in all. */
const maxAttempts = 5

/** Gives the work of workers that are gone back to the living. Any number of nodes may sweep at once. */
export async function sweep(db: Db): Promise<void> {
  const held = [...(await freeExpiredAdvances(db)), ...(await findLost(db))]
  for (const [orgId, ids] of byOrg(held)) await recover(db, orgId, ids)
}

/**
 * Wakes whatever nothing else would wake, and gives it. In a correct system that is only queued work whose workspace was
 * given more places by an edit of its configuration.
 */
export async function wakeAsleep(db: Db): Promise<InOrg[]> {
  const asleep = await findAsleep(db, configDefaults.maxConcurrentTasks)
  for (const [orgId, ids] of byOrg(asleep)) {
    await inTransaction({ db, orgId, actor: sweeper }, (tx) => wake(tx, ids))
  }
  return asleep
}

const sweeper = { kind: 'system', name: 'engine' } as const

async function recover(db: Db, orgId: OrgId, ids: readonly DelegationId[]): Promise<void> {
  await inTransaction({ db, orgId, actor: sweeper }, async (tx) => {
    await lockReady(tx, ids)
    await retryExpiredSteps(tx, ids, maxAttempts)
    for (const lost of await markLost(tx, ids)) tellLost(tx, lost)
    await wake(tx, ids)
  })
}

function byOrg(found: readonly InOrg[]): Map<OrgId, DelegationId[]> {
  const orgs = new Map<OrgId, DelegationId[]>()
  for (const { orgId, delegationId } of found) orgs.set(orgId, [...(orgs.get(orgId) ?? []), delegationId])
  return orgs
}

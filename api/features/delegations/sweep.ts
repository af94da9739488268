import type { Hold } from '#shared/delegations/journal.ts'
import type { DelegationId, OrgId } from '#shared/kernel/ids.ts'
import type { MicroDollars } from '#shared/kernel/money.ts'
import { configDefaults } from '#shared/workspaces/config-defaults.ts'
import { type Db, inTransaction, type Tx } from '../../kernel/db.ts'
import { eachInTurn } from '../../kernel/each-in-turn.ts'
import { wake } from '../../kernel/wake.ts'
import { settle } from '../budgets/index.ts'
import { insertNote } from './delegation-store.ts'
import { addCosts, type ExpiredStep, markLost, recoverExpiredSteps } from './journal-store.ts'
import { expireGone, findAsleep, findLost, freeExpiredAdvances, type InOrg, lockReady } from './queue-store.ts'
import { tellChanged, tellLost } from './tell.ts'

/** An effect whose worker died is begun this often in all. */
const maxAttempts = 5

/** Gives the work of workers that are gone back to the living. Any number of nodes may sweep at once. */
export async function sweep(db: Db): Promise<void> {
  await expireGone(db)
  const held = [...(await freeExpiredAdvances(db)), ...(await findLost(db))]
  await eachInTurn(byOrg(held), ([orgId, ids]) => recover(db, orgId, ids))
}

/** What a worker that ends in good order let go of is taken up by the living at once; nothing was lost. */
export async function handOver(db: Db): Promise<void> {
  await eachInTurn(byOrg(await findLost(db)), ([orgId, ids]) =>
    inTransaction({ db, orgId, actor: sweeper }, async (tx) => {
      await lockReady(tx, ids)
      await goOn(tx, ids, await recoverExpiredSteps(tx, ids, maxAttempts))
    }),
  )
}

/**
 * Wakes whatever nothing else would wake, and gives it. In a correct system that is only queued work whose workspace was
 * given more places by an edit of its configuration.
 */
export async function wakeAsleep(db: Db): Promise<InOrg[]> {
  const asleep = await findAsleep(db, configDefaults.maxConcurrentTasks)
  await eachInTurn(byOrg(asleep), ([orgId, ids]) => inTransaction({ db, orgId, actor: sweeper }, (tx) => wake(tx, ids)))
  return asleep
}

const sweeper = { kind: 'system', name: 'engine' } as const

async function recover(db: Db, orgId: OrgId, ids: readonly DelegationId[]): Promise<void> {
  await inTransaction({ db, orgId, actor: sweeper }, async (tx) => {
    await lockReady(tx, ids)
    const expired = await recoverExpiredSteps(tx, ids, maxAttempts)
    for (const lost of await markLost(tx, ids)) tellLost(tx, lost)
    await goOn(tx, ids, expired)
  })
}

async function goOn(tx: Tx, ids: readonly DelegationId[], expired: readonly ExpiredStep[]): Promise<void> {
  for (const step of expired) {
    tellChanged(tx, step, await charge(tx, step))
  }
  await askAbout(
    tx,
    expired.filter((step) => !step.isSafe),
  )
  await wake(tx, ids)
}

/** What may not simply be repeated waits for a person, with one question a delegation. */
async function askAbout(tx: Tx, interrupted: readonly ExpiredStep[]): Promise<void> {
  for (const delegationId of new Set(interrupted.map((step) => step.delegationId))) {
    const steps = interrupted.filter((step) => step.delegationId === delegationId)
    const names = steps.map((step) => step.name).join(', ')
    const reason = `${names} was interrupted and may have happened or not. Look, then run it again, skip it, or end the work.`
    const hold: Hold = { for: 'input', code: 'interrupted', reason, step: steps[0]?.step }
    await insertNote(tx, delegationId, 'hold', hold)
  }
}

function byOrg(found: readonly InOrg[]): Map<OrgId, DelegationId[]> {
  const orgs = new Map<OrgId, DelegationId[]>()
  for (const { orgId, delegationId } of found) orgs.set(orgId, [...(orgs.get(orgId) ?? []), delegationId])
  return orgs
}

/** Of an attempt nobody knows the end of. */
async function charge(tx: Tx, { delegationId, step, attempt }: ExpiredStep): Promise<MicroDollars> {
  const { cost } = await settle(tx, { delegationId, step, attempt, outcome: 'unknown' })
  if (cost > 0) await addCosts(tx, delegationId, [{ step, cost }])
  return cost
}

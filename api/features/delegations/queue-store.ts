import type { DelegationId, OrgId } from '#shared/kernel/ids.ts'
import { callAcrossOrgs, type Db, type Tx } from '../../kernel/db.ts'
import { type Sql, sql } from '../../kernel/sql.ts'

/** A lease is prolonged by its holder's heartbeat; a holder that is gone loses it after this long. */
const leaseMs = 10_000
export const lease = `${leaseMs} milliseconds`
const noOrg = '00000000-0000-0000-0000-000000000000'

export type ReadyClaim = { orgId: OrgId; delegationId: DelegationId; worker: string; epoch: number }
export type StepClaim = { orgId: OrgId; delegationId: DelegationId; worker: string; step: number; attempt: number }
export type InOrg = { orgId: OrgId; delegationId: DelegationId }

type Wish = { worker: string; afterOrg: OrgId | undefined; wanted: number }

/** Delegations that are due, for this worker to advance; orgs take turns. */
export async function claimReady(db: Db, { worker, afterOrg, wanted }: Wish): Promise<ReadyClaim[]> {
  return await callAcrossOrgs<ReadyClaim>(
    db,
    sql`select org_id as "orgId", delegation_id as "delegationId", epoch::float8 as epoch, ${worker} as worker
          from claim_ready(${worker}, ${afterOrg ?? noOrg}, ${wanted}, ${lease}::interval)`,
  )
}

/** Effects to run, for this worker; orgs take turns, and those in `fullOrgs` have enough of it already. */
export async function claimSteps(db: Db, wish: Wish & { fullOrgs: readonly OrgId[] }): Promise<StepClaim[]> {
  const { worker, afterOrg, wanted, fullOrgs } = wish
  return await callAcrossOrgs<StepClaim>(
    db,
    sql`select org_id as "orgId", delegation_id as "delegationId", step, attempt, ${worker} as worker
          from claim_steps(${worker}, ${afterOrg ?? noOrg}, ${wanted}, ${lease}::interval, ${fullOrgs}::uuid[])`,
  )
}

/** Prolongs all leases of a worker; gives the effects that are still its own. */
export async function prolongLeases(db: Db, worker: string): Promise<StepClaim[]> {
  return await callAcrossOrgs<StepClaim>(
    db,
    sql`select org_id as "orgId", delegation_id as "delegationId", step, attempt, ${worker} as worker
          from prolong_leases(${worker}, ${lease}::interval)`,
  )
}

export async function releaseLeases(db: Db, worker: string): Promise<void> {
  await callAcrossOrgs(db, sql`select release_leases(${worker})`)
}

/** A worker that has not prolonged its leases for this long may be gone; its heart beats every second. */
const silence = '1200 milliseconds'

/** Ends the leases of workers that are gone. */
export async function expireGone(db: Db): Promise<void> {
  await callAcrossOrgs(db, sql`select expire_gone(${lease}::interval, ${silence}::interval)`)
}

export async function freeExpiredAdvances(db: Db): Promise<InOrg[]> {
  return await callAcrossOrgs<InOrg>(
    db,
    sql`select org_id as "orgId", delegation_id as "delegationId" from free_expired_advances()`,
  )
}

export async function findLost(db: Db): Promise<InOrg[]> {
  return await callAcrossOrgs<InOrg>(
    db,
    sql`select org_id as "orgId", delegation_id as "delegationId" from find_lost()`,
  )
}

export async function findAsleep(db: Db, defaultPlaces: number): Promise<InOrg[]> {
  return await callAcrossOrgs<InOrg>(
    db,
    sql`select org_id as "orgId", delegation_id as "delegationId" from find_asleep(${defaultPlaces})`,
  )
}

export type ReadyRow = { delegationId: DelegationId; epoch: number; wakes: number; leasedBy: string | null }

/** Locks the queue entries by id, the one order everywhere. Whoever writes a delegation or its steps holds its entry. */
export async function lockReady(tx: Tx, delegationIds: readonly DelegationId[]): Promise<ReadyRow[]> {
  return await tx.rows<ReadyRow>(sql`
    select delegation_id as "delegationId", epoch::float8 as epoch, wakes::float8 as wakes, leased_by as "leasedBy"
      from ready where org_id = ${tx.orgId} and delegation_id = any (${delegationIds})
     order by delegation_id for update`)
}

/**
 * Lets go of a delegation whose commit saw every wake; nothing is due until the next one, or until the time given. The
 * commit itself counts as a wake that was seen, so that whoever read the delegation before it knows.
 */
export async function finishTurn(tx: Tx, delegationId: DelegationId, dueInMs: number | null): Promise<void> {
  await tx.rows(letGo(tx, delegationId, dueInMs))
}

export function letGo(tx: Tx, delegationId: DelegationId, dueInMs: number | null): Sql {
  return sql`
    update ready set lease_until = null, leased_by = null, wakes = wakes + 1, seen = wakes + 1,
           wake_at = now() + ${dueInMs}::float8 * interval '1 millisecond'
     where org_id = ${tx.orgId} and delegation_id = ${delegationId}`
}

/** Lets go of an advance that could not commit: it is due again at once. */
export async function giveBack(tx: Tx, claim: ReadyClaim): Promise<void> {
  await tx.rows(sql`
    update ready set lease_until = null, leased_by = null, wake_at = now()
     where org_id = ${tx.orgId} and delegation_id = ${claim.delegationId}
       and epoch = ${claim.epoch}::bigint and leased_by = ${claim.worker}`)
}

export async function insertReady(tx: Tx, delegationId: DelegationId): Promise<void> {
  await tx.rows(sql`
    insert into ready (org_id, delegation_id, wake_at) values (${tx.orgId}, ${delegationId}, now())`)
}

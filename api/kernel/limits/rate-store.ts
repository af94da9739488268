import type { OrgId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../actor.ts'
import { callAcrossOrgs, type Db } from '../db.ts'
import { sql } from '../sql.ts'
import { type Counted, type Paced, tooMany } from './org-gates.ts'

/** Takes one of what is left of the org's expensive requests, on all nodes together, in one statement. */
export async function spendExpensive({ db, orgId }: OrgContext): Promise<void> {
  const [found] = await callAcrossOrgs<{ wait: number }>(db, sql`select spend_expensive(${orgId}) as wait`)
  if (found && found.wait > 0) throw tooMany('exports, imports, snapshots, invitations, tests or keys', found.wait)
}

export type Share = { orgId: OrgId; kind: Paced; total: number; perSecond: number | null }

/** Says what this node let through in the last second, and hears what all nodes did together, and what was agreed upon. */
export async function shareCounts(db: Db, node: string, counted: readonly Counted[]): Promise<Share[]> {
  return await callAcrossOrgs<Share>(
    db,
    sql`select org_id as "orgId", kind, total::float8 as total, per_second::float8 as "perSecond"
          from share_rates(${node}, ${counted.map(({ orgId }) => orgId)}::uuid[], ${counted.map(({ kind }) => kind)}::text[],
                           ${counted.map(({ count }) => count)}::int[])`,
  )
}

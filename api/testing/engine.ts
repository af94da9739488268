import type { z } from 'zod'
import { type RehearsalPart, RehearsalScript } from '#shared/delegations/rehearsal-script.ts'
import { type DelegationId, OrgId } from '#shared/kernel/ids.ts'
import type { OrgFact } from '#shared/org-event.ts'
import type { OrgContext } from '../kernel/actor.ts'
import { inTransaction, readRow, readRows } from '../kernel/db.ts'
import { sql } from '../kernel/sql.ts'

type Told = { type: OrgFact['type']; seq: number; delegationId: string | null; payload: Record<string, unknown> }

/** The org's log so far, in its order. */
export async function readLog({ db, orgId }: OrgContext): Promise<Told[]> {
  return await readRows<Told>(
    db,
    OrgId.parse(orgId),
    sql`select type, seq::float8 as seq, payload ->> 'delegationId' as "delegationId", payload
          from events where org_id = ${orgId} order by seq`,
  )
}

type Ended = { state: string; answer: string | null; reason: string | null; waitingFor: string | null }

/** Looks until the delegation is in one of these states; fails with what it is in when that takes too long. */
export async function untilState(
  { db, orgId }: OrgContext,
  id: DelegationId,
  states: readonly string[] = ['completed', 'failed', 'cancelled'],
  withinMs = 15_000,
): Promise<Ended> {
  const end = Date.now() + withinMs
  for (;;) {
    const found = await readRow<Ended>(
      db,
      orgId,
      sql`select state, answer, reason, waiting_for as "waitingFor" from delegations where org_id = ${orgId} and id = ${id}`,
    )
    if (found && states.includes(found.state)) return found
    if (Date.now() > end) throw new Error(`still ${found?.state ?? 'missing'} (${found?.reason ?? 'no reason'})`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Looks until the delegation has taken this many steps. */
export async function untilSteps({ db, orgId }: OrgContext, id: DelegationId, steps: number): Promise<void> {
  for (let looks = 0; looks < 1_000; looks++) {
    const found = await readRow<{ taken: number }>(
      db,
      orgId,
      sql`select steps_taken as taken from delegations where org_id = ${orgId} and id = ${id}`,
    )
    if ((found?.taken ?? 0) >= steps) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`it never took ${steps} steps`)
}

/** Looks until so many or more other sessions of this database wait for a lock that somebody holds. */
export async function untilWaitingForLocks({ db, orgId }: OrgContext, sessions: number): Promise<void> {
  for (let looks = 0; looks < 1_000; looks++) {
    const found = await readRow<{ waiting: number }>(
      db,
      orgId,
      sql`select count(*)::int as waiting from pg_stat_activity
           where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid()`,
    )
    if ((found?.waiting ?? 0) >= sessions) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`it never came to ${sessions} that wait`)
}

/** Turns the org's rehearsal switch. */
export async function setRehearsal(context: OrgContext, isRehearsal: boolean): Promise<void> {
  await inTransaction(context, (tx) =>
    tx.rows(sql`update orgs set is_rehearsal = ${isRehearsal} where id = ${tx.orgId}`),
  )
}

/** Makes all workspaces of the org part of a template with this rehearsal script. */
export async function giveScript(
  context: OrgContext,
  scripts: readonly z.input<typeof RehearsalPart>[],
): Promise<void> {
  const text = JSON.stringify(RehearsalScript.parse({ version: 1, scripts }))
  await inTransaction(context, async (tx) => {
    await tx.rows(sql`insert into templates (org_id, name, rehearsal) values (${tx.orgId}, 'script', ${text})`)
    await tx.rows(sql`
      update workspaces set template = 'script', template_path = id::text where org_id = ${tx.orgId}`)
  })
}

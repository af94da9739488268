import { projectLogs } from '#api/features/past/project-logs.ts'
import { seek, stateAt } from '#api/features/past/seek.ts'
import { inSnapshot, inTransaction } from '#api/kernel/db.ts'
import { sql } from '#api/kernel/sql.ts'
import { makeOrg, makeWorkspaces } from '#api/testing/factories.ts'
import { emptyPast } from '#shared/past/state.ts'
import type { BenchDatabase } from './engine/bench-database.ts'
import { percentile, rounded } from './statistics.ts'

const amount = 100_000
const looks = 60

/** Looks at random moments of a log of 100,000 events, with projections; and one reading of it from its beginning. */
export async function measureSeek({ db }: BenchDatabase): Promise<{ seek100kMs: number; seekFromZeroMs: number }> {
  const org = await makeOrg(db)
  const ids = await makeWorkspaces(org, { Lead: { Writer: {}, Checker: {} } })
  await inTransaction(org, async (tx) => {
    await tx.rows(sql`
      with n as (update org_sequences set seq = seq + ${amount}::int where org_id = ${tx.orgId} returning seq)
      insert into events (org_id, seq, id, type, at, actor, chain_id, payload)
      select ${tx.orgId}, n.seq - ${amount}::int + i, gen_random_uuid(), 'step.changed',
             now() - (${amount}::int - i) * interval '1 second', '{"kind":"system","id":"bench"}', gen_random_uuid(),
             jsonb_build_object('delegationId', gen_random_uuid(), 'workspaceId', ${ids.Lead}::uuid, 'step', 1,
                                'kind', 'model', 'state', 'done', 'name', 'rehearsal', 'cost', 5)
        from n, generate_series(1, ${amount}::int) i`)
  })
  const zeroMs = await timed(() => inSnapshot(db, org.orgId, (reader) => stateAt(reader, amount, emptyPast)))
  await projectLogs(db)
  const took: number[] = []
  for (let look = 0; look < looks; look++) {
    const seq = 1 + ((look * 7_919_317) % amount)
    took.push(await timed(() => seek(org, { seq })))
  }
  return { seek100kMs: rounded(percentile(took, 0.95)), seekFromZeroMs: rounded(zeroMs) }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

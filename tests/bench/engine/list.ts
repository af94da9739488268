import { listDelegations } from '#api/features/delegations/list-delegations.ts'
import { percentile } from '../statistics.ts'
import { makeAgents } from './agents.ts'
import type { BenchDatabase } from './bench-database.ts'

const rows = 100_000
const rounds = 20

/** The list of delegations of an org that has a hundred thousand of them, over its filters and pages. */
export async function measureList({ db, asAdmin }: BenchDatabase): Promise<{ list100kP95Ms: number }> {
  const agents = await makeAgents(db, { orgs: 1, perOrg: 20 })
  const [first] = agents
  if (!first) throw new Error('There is no agent.')
  const { context } = first
  const workspaceIds = agents.map(({ workspaceId }) => workspaceId)
  await asAdmin(
    `insert into delegations (org_id, id, parent_id, root_id, parent_step, workspace_id, requester, requester_name, task,
                              priority, state, is_rehearsal, step_limit, steps_taken, chain_id, depth, answer, created_at,
                              started_at, finished_at)
     select $1, id, parent, coalesce(parent, id), case when parent is null then null else 2 end,
            ($2::uuid[])[1 + n % cardinality($2::uuid[])], '{"kind":"system","name":"bench"}', 'bench', 'Task ' || n, 50,
            case n % 10 when 0 then 'failed' when 1 then 'cancelled' else 'completed' end, true, 25, 3, id,
            case when parent is null then 0 else 1 end, 'An answer of some words, as they are: ' || n, at, at, at
       from (select n, at, ids[n] as id, case when n % 3 = 0 then null else ids[n - n % 3] end as parent
               from (select array_agg(gen_random_uuid()) as ids from generate_series(1, $3::int)) given,
                    lateral (select n, now() - ($3 - n) * interval '1 second' as at from generate_series(3, $3::int) n) numbered
            ) seeded`,
    [context.orgId, workspaceIds, rows + 2],
  )
  await asAdmin('analyze delegations')
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const before = new Date(Date.now() - ((round + 1) * rows * 1_000) / (rounds + 1)).toISOString()
    const workspaceId = workspaceIds[round % workspaceIds.length]
    for (const page of [
      {},
      { before },
      { rootsOnly: true },
      { rootsOnly: true, before },
      { workspaceId },
      { workspaceId, before },
      { workspaceId, rootsOnly: true, before },
    ]) {
      const began = performance.now()
      const found = await listDelegations(context, { rootsOnly: false, limit: 50, ...page })
      if (found.length !== 50) throw new Error(`A page has ${found.length} rows.`)
      times.push(performance.now() - began)
    }
  }
  return { list100kP95Ms: percentile(times, 0.95) }
}

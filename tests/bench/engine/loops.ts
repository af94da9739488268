import { setTimeout as pause } from 'node:timers/promises'
import { cancelDelegation } from '#api/features/delegations/cancel-delegation.ts'
import { delegate } from '#api/features/delegations/index.ts'
import { percentile } from '../statistics.ts'
import { makeAgents } from './agents.ts'
import type { BenchDatabase } from './bench-database.ts'
import { startProcess } from './bench-process.ts'
import { until } from './until.ts'

const agentsAtOnce = 100
const settleMs = 1_500
const watchMs = 8_000

/**
 * A hundred agents at once, each in a workspace of its own, go round and round: the model is called, calls a tool, is called
 * again. The median time from one model call to the next of the same agent, on one worker process.
 */
export async function measureLoops({ db, appUrl, asAdmin }: BenchDatabase): Promise<{ loop100MedianMs: number }> {
  const agents = await makeAgents(db, { orgs: 5, perOrg: agentsAtOnce / 5, play: 'loop' })
  const worker = await startProcess('worker.process.ts', appUrl)
  try {
    const orgIds = [...new Set(agents.map(({ context }) => context.orgId))]
    const given = await Promise.all(
      agents.map(async ({ context, workspaceId }) => {
        const { delegationId } = await delegate(context, { workspaceId, task: 'Go round' })
        return { context, delegationId }
      }),
    )
    const all = async () => {
      const [row] = await asAdmin<{ going: number }>(
        'select count(*)::int as going from delegations where org_id = any ($1) and has_started',
        [orgIds],
      )
      return row?.going === agentsAtOnce
    }
    await until(all, 30_000)
    await pause(settleMs)
    const [from] = await asAdmin<{ at: Date }>('select now() as at')
    await pause(watchMs)
    const loops = await asAdmin<{ ms: number }>(
      `select extract(epoch from created_at - lag(created_at) over (partition by org_id, delegation_id order by step))::float8
              * 1000 as ms
         from steps where org_id = any ($1) and kind = 'model' and created_at >= $2`,
      [orgIds, from?.at],
    )
    // Some may have come to their end.
    await Promise.allSettled(given.map(({ context, delegationId }) => cancelDelegation(context, delegationId)))
    return {
      loop100MedianMs: percentile(
        loops.map(({ ms }) => ms).filter((ms) => ms !== null),
        0.5,
      ),
    }
  } finally {
    await worker.stop()
  }
}

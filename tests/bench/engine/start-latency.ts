import { once } from 'node:events'
import { delegate } from '#api/features/delegations/index.ts'
import { openDb } from '#api/kernel/pool.ts'
import { startWorker } from '#api/worker.ts'
import { percentile } from '../statistics.ts'
import { makeAgent } from './agents.ts'
import type { BenchDatabase } from './bench-database.ts'
import { until } from './until.ts'

const samples = 200
const warmUps = 10
const patienceMs = 10_000

/**
 * From asking for a delegation to the commit that starts it, one at a time on an idle engine in one process, as `npm start`
 * has it.
 */
export async function measureStartLatency(
  database: BenchDatabase,
): Promise<{ startP50Ms: number; startP99Ms: number }> {
  const commits = new EventTarget()
  const db = openDb({
    connectionString: database.appUrl,
    onAppended: () => void commits.dispatchEvent(new Event('commit')),
  })
  const agent = await makeAgent(db)
  const worker = startWorker({ db, onError: (error) => console.error(error) })
  const lags: number[] = []
  try {
    for (let turn = 0; turn < warmUps + samples; turn++) {
      const asked = performance.now()
      const started = startOf(commits)
      const { delegationId } = await delegate(agent.context, { workspaceId: agent.workspaceId, task: `Start ${turn}` })
      const lag = (await started) - asked
      if (turn >= warmUps) lags.push(lag)
      await until(() => hasEnded(database, delegationId), patienceMs)
    }
  } finally {
    await worker.stop()
    await db.pool.end()
  }
  return { startP50Ms: percentile(lags, 0.5), startP99Ms: percentile(lags, 0.99) }
}

/** When the second commit from here was made: the first gives the delegation, the second starts it. */
async function startOf(commits: EventTarget): Promise<number> {
  const signal = AbortSignal.timeout(patienceMs)
  await once(commits, 'commit', { signal })
  await once(commits, 'commit', { signal })
  return performance.now()
}

async function hasEnded({ asAdmin }: BenchDatabase, delegationId: string): Promise<boolean> {
  const [row] = await asAdmin<{ ended: boolean }>(
    'select finished_at is not null as ended from delegations where id = $1',
    [delegationId],
  )
  return row?.ended ?? false
}

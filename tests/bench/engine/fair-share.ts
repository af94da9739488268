import { delegate } from '#api/features/delegations/index.ts'
import { percentile, rounded } from '../statistics.ts'
import { type Agent, makeAgent, makeAgents } from './agents.ts'
import type { BenchDatabase } from './bench-database.ts'
import { startProcess } from './bench-process.ts'
import { until } from './until.ts'

const flood = 300
const quietSamples = 5
const patienceMs = 60_000

type FairShare = {
  quietAloneMs: number
  quietUnderFloodMs: number
  quietNeighbourMs: number
  /** What a plain queue would let the quiet one wait for. */
  floodMs: number
}

/**
 * How long a quiet org waits for the end of a three-step delegation: with nobody else there, and while another org has given
 * 300 at once; and the same for a quiet workspace beside a flooded one of its own org. On one worker process.
 */
export async function measureFairShare(database: BenchDatabase): Promise<FairShare> {
  const [busy, neighbour] = await makeAgents(database.db, { orgs: 1, perOrg: 2 })
  const quiet = await makeAgent(database.db)
  if (!busy || !neighbour) throw new Error('There are no agents.')
  const worker = await startProcess('worker.process.ts', database.appUrl)
  try {
    await latencies(database, quiet, 1)
    const alone = await latencies(database, quiet, quietSamples)
    const under = await underFlood(database, busy, quiet)
    const beside = await underFlood(database, busy, neighbour)
    return {
      quietAloneMs: percentile(alone, 0.5),
      quietUnderFloodMs: percentile(under.quiet, 0.5),
      quietNeighbourMs: percentile(beside.quiet, 0.5),
      floodMs: rounded(under.floodMs),
    }
  } finally {
    await worker.stop()
  }
}

async function underFlood(database: BenchDatabase, busy: Agent, quiet: Agent) {
  const began = performance.now()
  const given = Array.from({ length: flood }, (_, turn) =>
    delegate(busy.context, { workspaceId: busy.workspaceId, task: `Flood ${turn}` }),
  )
  const ids = (await Promise.all(given)).map(({ delegationId }) => delegationId)
  const found = await latencies(database, quiet, quietSamples)
  await until(async () => (await openAmong(database, ids)) === 0, patienceMs)
  return { quiet: found, floodMs: performance.now() - began }
}

async function latencies(database: BenchDatabase, { context, workspaceId }: Agent, samples: number): Promise<number[]> {
  const found: number[] = []
  for (let turn = 0; turn < samples; turn++) {
    const began = performance.now()
    const { delegationId } = await delegate(context, { workspaceId, task: `Quiet ${turn}` })
    await until(async () => (await openAmong(database, [delegationId])) === 0, patienceMs)
    found.push(performance.now() - began)
  }
  return found
}

async function openAmong({ asAdmin }: BenchDatabase, ids: readonly string[]): Promise<number> {
  const [row] = await asAdmin<{ open: number }>(
    'select count(*)::int as open from delegations where id = any ($1) and finished_at is null',
    [ids],
  )
  return row?.open ?? 0
}

import { makeWorkerUtils } from 'graphile-worker'
import { delegate } from '#api/features/delegations/index.ts'
import { openPool } from '#api/kernel/pool.ts'
import { percentile, rounded } from '../statistics.ts'
import { type Agent, makeAgents } from './agents.ts'
import type { BenchDatabase } from './bench-database.ts'
import { startProcess } from './bench-process.ts'
import { until } from './until.ts'

const amount = 400
const callers = 4
const rounds = 3

/**
 * Three-step delegations (the model, a tool, the model again) finished per second, from the first that is given to the end of
 * the last; and the same number of bare jobs, given and done in the same way on the same database, in turns.
 */
export async function measureThroughput(
  database: BenchDatabase,
): Promise<{ delegationsPerS: number; bareJobsPerS: number }> {
  const agents = await makeAgents(database.db, { orgs: 4, perOrg: 5 })
  const delegations: number[] = []
  const jobs: number[] = []
  for (let round = 0; round < rounds; round++) {
    delegations.push(await finishDelegations(database, agents))
    jobs.push(await finishBareJobs(database))
  }
  return { delegationsPerS: percentile(delegations, 0.5), bareJobsPerS: percentile(jobs, 0.5) }
}

async function finishDelegations(database: BenchDatabase, agents: readonly Agent[]): Promise<number> {
  const worker = await startProcess('worker.process.ts', database.appUrl)
  try {
    const open = () => countOf(database, "select count(*) from delegations where state <> 'completed'")
    return await timed(
      async (turn) => {
        const agent = agents[turn % agents.length]
        if (agent) await delegate(agent.context, { workspaceId: agent.workspaceId, task: `Task ${turn}` })
      },
      async () => (await open()) === 0,
    )
  } finally {
    await worker.stop()
  }
}

async function finishBareJobs(database: BenchDatabase): Promise<number> {
  const pgPool = openPool({ connectionString: database.adminUrl, max: callers })
  const utils = await makeWorkerUtils({ pgPool })
  await utils.migrate()
  const worker = await startProcess('bare-jobs.process.ts', database.adminUrl)
  try {
    const open = () => countOf(database, 'select count(*) from graphile_worker._private_jobs')
    return await timed(
      async (turn) => {
        await utils.addJob('nothing', { turn })
      },
      async () => (await open()) === 0,
    )
  } finally {
    await worker.stop()
    await utils.release()
    await pgPool.end()
  }
}

/** Given one by one by a few callers at once; the rate until all are done. */
async function timed(give: (turn: number) => Promise<void>, isDone: () => Promise<boolean>): Promise<number> {
  let next = 0
  const caller = async () => {
    while (next < amount) await give(next++)
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: callers }, caller))
  await until(isDone, 60_000)
  return rounded(amount / ((performance.now() - began) / 1_000))
}

async function countOf({ asAdmin }: BenchDatabase, statement: string): Promise<number> {
  const [row] = await asAdmin<{ count: string }>(statement)
  return Number(row?.count)
}

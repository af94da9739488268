import { setTimeout as pause } from 'node:timers/promises'
import { delegate } from '#api/features/delegations/index.ts'
import { rounded } from '../statistics.ts'
import { type Agent, makeAgents } from './agents.ts'
import type { BenchDatabase } from './bench-database.ts'
import { type BenchProcess, startProcess } from './bench-process.ts'
import { cpuMsOf, cpuMsOfPostgres, memoryMbOf } from './process-figures.ts'
import { until } from './until.ts'

const agents = 1_000
const watchMs = 15_000
const settleMs = 2_000

type Cost = { cpuMs: number; memoryMb: number; transactions: number }

/**
 * What a thousand agents cost that have nothing to do, each with a delegation that waits for a person: CPU of the worker and the
 * database, memory of the worker, transactions. Beside it the same with no agent at all.
 */
export async function measureIdle(database: BenchDatabase) {
  const empty = await watch(database)
  const idle = await makeAgents(database.db, { orgs: 10, perOrg: agents / 10, play: 'loop', maxSteps: 1 })
  await giveWaitingWork(database, idle)
  const full = await watch(database)
  return {
    figures: {
      idle1000CpuMsPerMin: full.cpuMs,
      idle1000MemoryMb: rounded(full.memoryMb - empty.memoryMb),
      idle1000TransactionsPerMin: full.transactions,
    },
    baseline: {
      idle0CpuMsPerMin: empty.cpuMs,
      idle0MemoryMb: empty.memoryMb,
      idle0TransactionsPerMin: empty.transactions,
    },
  }
}

/** One step each, then every one asks a person whether it may go on. */
async function giveWaitingWork({ asAdmin, appUrl }: BenchDatabase, idle: readonly Agent[]): Promise<void> {
  const worker = await startProcess('worker.process.ts', appUrl)
  const orgIds = [...new Set(idle.map(({ context }) => context.orgId))]
  let next = 0
  const caller = async () => {
    for (let agent = idle[next++]; agent; agent = idle[next++]) {
      await delegate(agent.context, { workspaceId: agent.workspaceId, task: 'Go round' })
    }
  }
  await Promise.all(Array.from({ length: 4 }, caller))
  const allWait = async () => {
    const [row] = await asAdmin<{ waiting: number }>(
      "select count(*)::int as waiting from delegations where org_id = any ($1) and state = 'waiting'",
      [orgIds],
    )
    return row?.waiting === agents
  }
  await until(allWait, 120_000, 250).finally(worker.stop)
}

/** On a worker that was just started, so that nothing is left over from work. */
async function watch(database: BenchDatabase): Promise<Cost> {
  const worker = await startProcess('worker.process.ts', database.appUrl)
  try {
    await pause(settleMs)
    const before = await readCost(database, worker)
    await pause(watchMs)
    const after = await readCost(database, worker)
    const perMinute = (used: number) => rounded((used * 60_000) / watchMs)
    return {
      cpuMs: perMinute(after.cpuMs - before.cpuMs),
      memoryMb: after.memoryMb,
      transactions: perMinute(after.transactions - before.transactions),
    }
  } finally {
    await worker.stop()
  }
}

async function readCost({ asAdmin, dataDir }: BenchDatabase, { pid }: BenchProcess): Promise<Cost> {
  const [row] = await asAdmin<{ transactions: number }>(
    'select (xact_commit + xact_rollback)::float8 as transactions from pg_stat_database where datname = current_database()',
  )
  return {
    cpuMs: (await cpuMsOf(pid)) + (await cpuMsOfPostgres(dataDir)),
    memoryMb: await memoryMbOf(pid),
    transactions: row?.transactions ?? Number.NaN,
  }
}

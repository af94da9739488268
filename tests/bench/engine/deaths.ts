import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { delegate } from '#api/features/delegations/index.ts'
import type { OrgContext } from '#api/kernel/actor.ts'
import { resolveDataDir } from '#api/kernel/data-dir.ts'
import { openDatabase } from '#api/kernel/database.ts'
import { readRow } from '#api/kernel/db.ts'
import { openDb } from '#api/kernel/pool.ts'
import { sql } from '#api/kernel/sql.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import { killServer, startServer, stopServer } from '../server-process.ts'
import { rounded } from '../statistics.ts'
import { makeAgent } from './agents.ts'
import type { BenchDatabase } from './bench-database.ts'
import { startProcess } from './bench-process.ts'
import { until } from './until.ts'

const slowTask = 'Think long [rehearse: slow 60000]'
const patienceMs = 40_000

/** Two worker processes; the one that holds a slow model call is killed. Until the other one has begun that call again. */
export async function measureNodeDeath({ db, appUrl }: BenchDatabase): Promise<{ nodeDeathResumeMs: number }> {
  const agent = await makeAgent(db)
  const dying = await startProcess('worker.process.ts', appUrl)
  const { delegationId } = await delegate(agent.context, { workspaceId: agent.workspaceId, task: slowTask })
  await until(() => callRuns(agent.context, delegationId, 1), patienceMs)
  const living = await startProcess('worker.process.ts', appUrl)
  try {
    await dying.kill()
    return { nodeDeathResumeMs: rounded(await until(() => callRuns(agent.context, delegationId, 2), patienceMs)) }
  } finally {
    await living.stop()
  }
}

/** The whole server is killed with a model call in flight and started again. Until that call has begun again. */
export async function measureRestart(): Promise<{ restartResumeMs: number }> {
  const dataDir = resolveDataDir(await mkdtemp(join(tmpdir(), 'delegraph-restart-')))
  const first = await startServer(dataDir)
  const database = await openDatabase({ dataDir })
  const db = openDb({ connectionString: database.appUrl })
  try {
    const agent = await makeAgent(db)
    const { delegationId } = await delegate(agent.context, { workspaceId: agent.workspaceId, task: slowTask })
    await until(() => callRuns(agent.context, delegationId, 1), patienceMs)
    await killServer(first)
    const began = performance.now()
    const second = await startServer(dataDir)
    try {
      await until(() => callRuns(agent.context, delegationId, 2), patienceMs)
      return { restartResumeMs: rounded(performance.now() - began) }
    } finally {
      await stopServer(second)
    }
  } finally {
    await db.pool.end()
    await database.stop()
    await rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** Does the model call of this delegation run, for the time given? */
async function callRuns({ db, orgId }: OrgContext, delegationId: DelegationId, attempt: number): Promise<boolean> {
  const found = await readRow(
    db,
    orgId,
    sql`select step from steps
         where org_id = ${orgId} and delegation_id = ${delegationId} and kind = 'model' and state = 'running'
           and attempt = ${attempt} and lease_until > now()`,
  )
  return found !== undefined
}

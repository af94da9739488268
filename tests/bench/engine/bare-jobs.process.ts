import { run } from 'graphile-worker'
import { openPool } from '#api/kernel/pool.ts'

/** The other queue: jobs that do nothing, in a process of its own, with no named queue. */
const [connectionString = ''] = process.argv.slice(2)
const pgPool = openPool({ connectionString, max: 12 })
const runner = await run({
  pgPool,
  concurrency: 10,
  pollInterval: 500,
  noHandleSignals: true,
  taskList: { nothing: async () => {} },
})
process.stdout.write('ready\n')
process.once('SIGTERM', async () => {
  await runner.stop()
  await pgPool.end()
  process.exit(0)
})

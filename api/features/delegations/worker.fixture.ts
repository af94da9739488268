import { openDb } from '../../kernel/pool.ts'
import { startWorker } from '../../worker.ts'

/** A worker in a process of its own, for tests that kill or freeze it. SIGTERM ends it in good order. */
const [connectionString = ''] = process.argv.slice(2)
const db = openDb({ connectionString, max: 4 })
const worker = startWorker({ db })
process.stdout.write('ready\n')
process.once('SIGTERM', async () => {
  await worker.stop()
  await db.pool.end()
})

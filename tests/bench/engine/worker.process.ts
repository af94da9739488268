import { openLiveDb } from '#api/kernel/events/live-db.ts'
import { startWorker } from '#api/worker.ts'

/** One worker in a process of its own, as a node runs it. SIGTERM ends it in good order. */
const [appUrl = ''] = process.argv.slice(2)
const onError = (error: unknown) => console.error(error)
const live = openLiveDb(appUrl, onError)
const worker = startWorker({ db: live.db, onError })
process.stdout.write('ready\n')
process.once('SIGTERM', async () => {
  await worker.stop()
  await live.stop()
  process.exit(0)
})

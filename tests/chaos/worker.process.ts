import { agentTools } from '#api/gateway.ts'
import { openLiveDb } from '#api/kernel/events/live-db.ts'
import { startWorker } from '#api/worker.ts'
import { evidenceTools } from './evidence-tools.ts'

/** A worker as a node runs it, whose agents may also call the tools that leave evidence. */
const [appUrl = '', evidence = ''] = process.argv.slice(2)
const onError = (error: unknown) => console.error(error)
const live = openLiveDb(appUrl, onError)
const tools = [...agentTools, ...evidenceTools(evidence)]
const worker = startWorker({ db: live.db, tools, onError })
process.stdout.write('ready\n')
process.once('SIGTERM', async () => {
  await worker.stop()
  await live.stop()
  process.exit(0)
})

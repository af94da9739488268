import { clearSandbox } from './clear-sandbox.ts'
import { hearUnheard } from './features/mcp/unheard.ts'
import { maskKnownValues } from './features/secrets/index.ts'
import { resolveDataDir } from './kernel/data-dir.ts'
import { openDatabase } from './kernel/database.ts'
import { openLiveDb } from './kernel/events/live-db.ts'
import { openLog } from './kernel/log.ts'
import { openVault } from './kernel/vault/open-vault.ts'
import { startWorker } from './worker.ts'

export type NodeOptions = { dataDir: string | undefined; databaseUrl?: string; concurrency: number }

/** A worker without a server, on the database of a data folder or a given one. Any number of them share it. */
export async function startNode(options: NodeOptions): Promise<{ stop(): Promise<void> }> {
  const dataDir = resolveDataDir(options.dataDir)
  const log = openLog(dataDir)
  const { databaseUrl, concurrency } = options
  const database = await openDatabase({ dataDir, ...(databaseUrl && { databaseUrl }) })
  const onError = (error: unknown) => log.error({ err: error }, 'defect')
  const live = openLiveDb(database.appUrl, onError)
  try {
    await openVault(live.db, { dataDir, env: process.env })
    maskKnownValues(live.db)
    hearUnheard(live.db, (unheard) => log.warn(unheard, 'MCP server'))
  } catch (error) {
    await live.stop()
    await database.stop()
    throw error
  }
  const worker = startWorker({ db: live.db, concurrency, onError })
  clearSandbox(log)
  return {
    async stop() {
      await worker.stop()
      await live.stop()
      await database.stop()
    },
  }
}

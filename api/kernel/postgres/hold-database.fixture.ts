import { startEmbeddedPostgres } from './embedded-postgres.ts'

/** A process of its own that uses the database of a data folder until it is told to stop on standard input, or killed. */
const postgres = await startEmbeddedPostgres({ dataDir: process.argv[2] ?? '' })
process.stdout.write(`${JSON.stringify({ port: postgres.port, wasAdopted: postgres.wasAdopted })}\n`)
process.stdin.once('data', async () => {
  await postgres.stop()
  process.exit(0)
})

import { defineCommand } from 'citty'
import { AppError } from '#shared/kernel/app-error.ts'
import { firstSignal, stopInTime } from './end-in-order.ts'
import { tellProblem } from './tell-problem.ts'

export const workerCommand = defineCommand({
  meta: {
    name: 'worker',
    description: 'Take part in the work of a database, in a process of its own. Start as many as you like.',
  },
  args: {
    'data-dir': { type: 'string', description: "Folder of the data; by default the user's data folder" },
    concurrency: { type: 'string', default: '32', description: 'Model and tool calls at once, 1 to 1000' },
    json: { type: 'boolean', default: false, description: 'Print one JSON line when ready, and nothing else' },
  },
  async run({ args }) {
    try {
      await work({ dataDir: args['data-dir'], concurrency: parseConcurrency(args.concurrency), json: args.json })
    } catch (error) {
      tellProblem(error)
      process.exit()
    }
  },
})

type Args = { dataDir: string | undefined; concurrency: number; json: boolean }

async function work({ dataDir, concurrency, json }: Args): Promise<void> {
  const signal = firstSignal()
  const { startNode } = await import('../node.ts')
  const { DATABASE_URL: databaseUrl } = process.env
  const node = await startNode({ dataDir, concurrency, ...(databaseUrl && { databaseUrl }) })
  console.log(json ? JSON.stringify({ pid: process.pid }) : `A worker takes part, with ${concurrency} calls at once.`)
  await signal
  await stopInTime(node)
  process.exit(0)
}

function parseConcurrency(text: string): number {
  const count = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (count >= 1 && count <= 1_000) return count
  throw new AppError('bad-input', `${text} is no number of calls.`, { field: 'concurrency', fix: 'Give 1 to 1000.' })
}

import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { Load, LoadResult } from './load.ts'

/** The clients' side of the bench, in a process of its own: so that what clients cost is not measured as the server's. */
const load: Load = JSON.parse(process.argv[2] ?? '')
process.stdout.write('ready\n')
await once(process.stdin, 'data')
process.stdin.destroy()
const result = load.kind === 'alternate' ? await alternate(load) : await inParallel(load)
process.stdout.write(JSON.stringify(result))

type Ask = Load['asks'][number]

/** One after the other, each address in turn, so that whatever else the machine does meets all alike. */
async function alternate({ asks, samples }: Extract<Load, { kind: 'alternate' }>): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ms = asks.map((): number[] => [])
  const statuses: Record<string, number> = {}
  for (let round = 0; round < samples; round++) {
    for (const [index, ask] of asks.entries()) {
      const { tookMs, status } = await send(ask, agent)
      ms[index]?.push(tookMs)
      statuses[status] = (statuses[status] ?? 0) + 1
    }
  }
  agent.destroy()
  return { ms, statuses }
}

/** So many at once, each asking again as soon as it is answered, or after a rest. */
async function inParallel(given: Extract<Load, { kind: 'parallel' }>): Promise<LoadResult> {
  const { asks, clients, forMs, restMs } = given
  const until = performance.now() + forMs
  const ms: number[] = []
  const statuses: Record<string, number> = {}
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })
      await pause((restMs * client) / clients)
      while (performance.now() < until) {
        const [ask] = asks
        if (!ask) break
        const { tookMs, status } = await send(ask, agent)
        ms.push(tookMs)
        statuses[status] = (statuses[status] ?? 0) + 1
        if (restMs > 0) await pause(restMs)
      }
      agent.destroy()
    }),
  )
  return { ms: [ms], statuses }
}

function send({ url, headers }: Ask, agent: Agent): Promise<{ tookMs: number; status: number }> {
  return new Promise((resolve, reject) => {
    const began = performance.now()
    request(url, { headers, agent }, (response) => {
      response.resume().once('end', () => {
        resolve({ tookMs: performance.now() - began, status: response.statusCode ?? 0 })
      })
    })
      .on('error', reject)
      .end()
  })
}

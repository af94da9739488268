import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { pino } from 'pino'
import { createOrg } from '#api/features/orgs/index.ts'
import { createWorkspace } from '#api/features/workspaces/create-workspace.ts'
import { openLiveDb } from '#api/kernel/events/live-db.ts'
import { createEventStream } from '#api/kernel/events/stream.ts'
import { createCallers } from '#api/kernel/http/callers.ts'
import { localConfig } from '#api/kernel/identity/config.ts'
import { openIdentity } from '#api/kernel/identity/identity.ts'
import { startLimits } from '#api/kernel/limits/start-limits.ts'
import { openVault } from '#api/kernel/vault/open-vault.ts'
import { createApp } from '#api/server.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Bench } from '../bench.ts'
import { openBenchDatabase } from '../engine/bench-database.ts'
import { percentile } from '../statistics.ts'
import { createBareApp } from './bare-app.ts'
import { type Load, runLoad, runLoads } from './load.ts'

const workspaces = 12
const samples = 1_500
const rounds = 3
const phaseMs = 10_000
const floodClients = 64
const goals = { goalOverheadRatio: 1.6, goalNeighbourP99Ratio: 1.5 }

/**
 * What it costs to know who asks: a read through session, role and row-level security, and the same read bare, in one process
 * and in turns. And whether one org's flood slows another down: the quiet one's p99 alone and under it, in turns.
 */
export async function runAuthBench(): Promise<Bench> {
  const place = await openPlace()
  try {
    const cost = await measureOverhead(place)
    const neighbour = await measureNeighbour(place)
    return {
      figures: { overheadRatio: cost.ratio, neighbourP99Ratio: neighbour.ratio, ...cost.figures, ...neighbour.figures },
      baseline: { ...cost.baseline, ...neighbour.baseline, ...goals },
    }
  } finally {
    await place.stop()
  }
}

type Place = Awaited<ReturnType<typeof openPlace>>

async function measureOverhead({ read, readBare }: Place) {
  const [quiet] = [read.quiet]
  await runLoad({ kind: 'alternate', asks: [quiet, readBare], samples: 300 })
  const { ms, statuses } = await runLoad({ kind: 'alternate', asks: [quiet, readBare], samples })
  requireOnly200(statuses)
  const [full = [], bare = []] = ms
  return {
    ratio: ratio(median(full), median(bare)),
    figures: { readP50Ms: hundredths(median(full)), readP95Ms: percentile(full, 0.95) },
    baseline: { bareP50Ms: hundredths(median(bare)), bareP95Ms: percentile(bare, 0.95) },
  }
}

async function measureNeighbour({ read }: Place) {
  const quietly: Load = { kind: 'parallel', asks: [read.quiet], clients: 4, forMs: phaseMs, restMs: 20 }
  const flood: Load = { kind: 'parallel', asks: [read.flood], clients: floodClients, forMs: phaseMs, restMs: 0 }
  const alone: number[] = []
  const beside: number[] = []
  const flooded = { asked: 0, refused: 0 }
  for (let round = 0; round < rounds; round++) {
    const first = await runLoad(quietly)
    const [second, stormy] = await runLoads([quietly, flood])
    if (!second || !stormy) throw new Error('The clients said nothing.')
    requireOnly200(first.statuses)
    requireOnly200(second.statuses)
    alone.push(percentile(first.ms[0] ?? [], 0.99))
    beside.push(percentile(second.ms[0] ?? [], 0.99))
    flooded.asked += stormy.ms[0]?.length ?? 0
    flooded.refused += stormy.statuses['429'] ?? 0
  }
  return {
    // Each flood is compared with the calm right before it, on a machine that may be busy with other things.
    ratio: hundredths(median(beside.map((ms, round) => ms / (alone[round] ?? Number.NaN)))),
    figures: {
      neighbourP99Ms: median(beside),
      floodPerS: Math.round((flooded.asked * 1_000) / phaseMs / rounds),
      floodRefused: flooded.refused,
    },
    baseline: { aloneP99Ms: median(alone), floodClients },
  }
}

/** The product's app and the bare one, in this process on one PostgreSQL; no demo and no worker, so that nothing else runs. */
async function openPlace() {
  const database = await openBenchDatabase()
  const { authUrl } = database
  const onError = (error: unknown) => console.error(error)
  const live = openLiveDb(database.appUrl, onError)
  const limits = startLimits(live.db, onError)
  await openVault(live.db, { dataDir: database.dataDir, env: {} })
  const identity = await openIdentity({ authUrl, dataDir: database.dataDir, config: localConfig, onError })
  const callers = createCallers({ db: live.db, identity, onError })
  const stream = createEventStream({ ...live, whoAsks: callers.whoAsks, onError })
  const log = pino({ enabled: true }, { write: () => {} })
  const app = createApp({ db: live.db, identity, callers, stream, log, onSignIn: () => {} })
  const bare = createBareApp(database.adminUrl)
  const [server, bareServer] = [await serve(app), await serve(bare.app)]
  const setCookies = await identity.openSession(identity.owner.id, {})
  const headers = { cookie: setCookies.map((cookie) => cookie.split(';')[0]).join('; ') }
  const orgOf = async (name: string) => {
    const context = await createOrg(live.db, { name, owner: identity.owner, contactPolicy: 'direct' })
    for (let index = 0; index < workspaces; index++) {
      const of = { orgId: context.orgId, parentId: null, position: null, role: 'Works.' }
      await createWorkspace(context, { ...of, name: `Agent ${index}` })
    }
    return context.orgId
  }
  const ask = (url: string, path: string, orgId: OrgId) => {
    const input = encodeURIComponent(JSON.stringify({ orgId }))
    return { url: `${url}/api/trpc/${path}?input=${input}`, headers }
  }
  const quiet = await orgOf('Quiet')
  const flood = await orgOf('Flood')
  return {
    read: { quiet: ask(server.url, 'workspaces.list', quiet), flood: ask(server.url, 'workspaces.list', flood) },
    readBare: ask(bareServer.url, 'list', quiet),
    async stop() {
      limits.stop()
      stream.closeAll()
      for (const one of [server, bareServer]) await one.stop()
      await Promise.all([bare.stop(), live.stop(), identity.stop()])
      await database.stop()
    },
  }
}

async function serve(app: RequestListener) {
  const server: Server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function requireOnly200(statuses: Record<string, number>): void {
  const others = Object.keys(statuses).filter((status) => status !== '200')
  if (others.length > 0) throw new Error(`The quiet org was answered ${others.join(', ')}.`)
}

function median(samples: readonly number[]): number {
  return samples.toSorted((a, b) => a - b)[Math.floor(samples.length / 2)] ?? Number.NaN
}

function ratio(over: number, under: number): number {
  return hundredths(over / under)
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100
}

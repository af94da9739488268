import { randomUUID } from 'node:crypto'
import type { OrgId } from '#shared/kernel/ids.ts'
import { clockwork } from './clockwork.ts'
import { advance, type Begun, leavesAll } from './features/delegations/advance.ts'
import type { Leaves } from './features/delegations/commit-turn.ts'
import type { Hands } from './features/delegations/hands.ts'
import {
  claimReady,
  claimSteps,
  prolongLeases,
  releaseLeases,
  type StepClaim,
} from './features/delegations/queue-store.ts'
import { runEffect } from './features/delegations/run-effect.ts'
import { handOver, sweep, wakeAsleep } from './features/delegations/sweep.ts'
import type { Turn } from './features/delegations/turn.ts'
import { closeLinks } from './features/mcp/index.ts'
import { writeUses } from './features/secrets/index.ts'
import { engineTools } from './gateway.ts'
import type { AnyTool } from './kernel/agent-tool.ts'
import type { Db } from './kernel/db.ts'
import { onHint } from './kernel/wake.ts'
import { openWorkerLine } from './kernel/worker-line.ts'
import { closeTelemetry } from './models/telemetry.ts'

export type WorkerOptions = {
  db: Db
  /** Effects (model calls, tools) at once. Most of their time is waiting. */
  concurrency?: number
  /** What agents may call; all of the gateway by default. */
  tools?: readonly AnyTool[]
  /** Told of what went wrong; the work itself is taken up again by its lease. */
  onError?: (error: unknown) => void
}

export type Worker = { stop(): Promise<void> }

const advancesAtOnce = 4
/** The look by the clock backs up the hints: work of other nodes starts this late at most. */
const lookEveryMs = 500
const heartbeatEveryMs = 1_000
const sweepEveryMs = 1_000
const drainMs = 700
const abortMs = 200

type Held = StepClaim & { abort: AbortController }
const nothing: Leaves = { due: false, steps: false }

/**
 * Takes part in the work of this database: claims what is due, decides, runs effects. Any number of workers, in any number
 * of processes, share one database.
 */
export function startWorker({ db, concurrency = 32, tools = engineTools, onError = () => {} }: WorkerOptions): Worker {
  const id = randomUUID()
  const running = new Set<Promise<unknown>>()
  const effects = new Map<string, Held>()
  const stopped = new AbortController()
  let advances = 0
  let lastReadyOrg: OrgId | undefined
  let lastStepOrg: OrgId | undefined
  let looking: Promise<void> | undefined
  let wanted: Leaves = nothing
  /** The last claim took all it could, so there may be more. */
  let isMoreDue = false
  let areStepsLeft = false
  const share = Math.ceil(concurrency * 0.75)

  /** One look at a time; a hint during a look makes it look once more, for what the hint says. */
  const look = (what: Leaves = leavesAll) => {
    wanted = { due: wanted.due || what.due, steps: wanted.steps || what.steps }
    if (!wanted.due && !wanted.steps) return
    looking ??= lookOn().finally(() => {
      looking = undefined
      // A hint that came between the last claim and here.
      if (!stopped.signal.aborted) look(nothing)
    })
  }

  const lookOn = async () => {
    while ((wanted.due || wanted.steps) && !stopped.signal.aborted) {
      const now = wanted
      wanted = nothing
      try {
        await Promise.all([now.due && takeAdvances(), now.steps && takeEffects()])
      } catch (error) {
        onError(error)
        return
      }
    }
  }

  const takeAdvances = async () => {
    const places = advancesAtOnce - advances
    // Whoever lets go of a place looks again.
    if (places <= 0) {
      isMoreDue = true
      return
    }
    const claims = await claimReady(db, { worker: id, afterOrg: lastReadyOrg, wanted: places })
    isMoreDue = claims.length === places
    for (const claim of claims) {
      lastReadyOrg = claim.orgId
      advances++
      keep(
        advance(db, claim, handsFor(claim.orgId))
          .finally(() => advances--)
          .then(go),
      )
    }
  }

  const takeEffects = async () => {
    const places = concurrency - effects.size
    areStepsLeft = true
    if (places <= 0) return
    const fullOrgs = [...heldBy()].filter(([, held]) => held >= share).map(([orgId]) => orgId)
    const claims = await claimSteps(db, { worker: id, afterOrg: lastStepOrg, wanted: places, fullOrgs })
    areStepsLeft = claims.length === places || fullOrgs.length > 0
    for (const claim of claims) {
      lastStepOrg = claim.orgId
      begin(claim, undefined)
    }
  }

  const heldBy = () => {
    const counts = new Map<OrgId, number>()
    for (const { orgId } of effects.values()) counts.set(orgId, (counts.get(orgId) ?? 0) + 1)
    return counts
  }

  /** No org takes all places as long as others may want them. */
  const handsFor = (orgId: OrgId): Hands => {
    const room = Math.min(concurrency - effects.size, share - (heldBy().get(orgId) ?? 0))
    return { worker: id, room: stopped.signal.aborted ? 0 : room, tools }
  }

  const begin = (claim: StepClaim, known: Turn | undefined) => {
    const held = { ...claim, abort: new AbortController() }
    effects.set(keyOf(claim), held)
    const hands = () => handsFor(claim.orgId)
    keep(
      runEffect(db, claim, known, hands, held.abort.signal)
        .finally(() => effects.delete(keyOf(claim)))
        .then(go),
    )
  }

  /** Goes on with what a commit let begin, without asking the database for it, and looks for what it left. */
  const go = ({ claims, turn, leaves }: Begun) => {
    for (const claim of claims) begin(claim, turn)
    if (!stopped.signal.aborted) look({ due: leaves.due || isMoreDue, steps: leaves.steps || areStepsLeft })
  }

  const keep = (work: Promise<unknown>) => {
    const kept = work.catch(onError).finally(() => running.delete(kept))
    running.add(kept)
  }

  /** Prolongs what is held; what is not ours any more, because it was cancelled or lost, is aborted. */
  const beat = async () => {
    if (running.size === 0) return
    const before = [...effects.values()]
    const ours = new Set((await prolongLeases(db, id)).map(keyOf))
    for (const effect of before) if (!ours.has(keyOf(effect))) effect.abort.abort()
  }

  const abortAll = (cancelled: readonly string[]) => {
    for (const effect of effects.values()) if (cancelled.includes(effect.delegationId)) effect.abort.abort()
  }

  const stopHints = onHint(db, (hint) => {
    if (hint.kind === 'cancel') abortAll(hint.delegationIds)
    look()
  })
  const line = openWorkerLine(db, id, { onCancel: abortAll, onWork: () => look() })
  const { signal } = stopped
  const clocks = [
    every(lookEveryMs, signal, async () => look(), onError),
    every(heartbeatEveryMs, signal, beat, onError),
    every(sweepEveryMs, signal, () => sweep(db), onError),
    every(9 * sweepEveryMs, signal, async () => void (await wakeAsleep(db)), onError),
    ...clockwork.map((job) => every(job.everyMs, signal, () => job.run(db), onError)),
  ]
  look()
  // What a worker that is gone left behind need not wait for the clock.
  keep(sweep(db))

  return {
    /** Ends within a second: what is nearly done is finished, the rest is handed back for others to take at once. */
    async stop() {
      stopped.abort()
      stopHints()
      await Promise.race([drained(running, looking), after(drainMs)])
      for (const effect of effects.values()) effect.abort.abort()
      await Promise.race([Promise.all([...clocks, ...running]), after(abortMs)])
      await releaseLeases(db, id)
      await handOver(db)
      await writeUses(db)
      await Promise.race([closeLinks(db), after(abortMs)])
      await line.stop()
      await closeTelemetry()
    },
  }
}

function keyOf({ delegationId, step, attempt }: Pick<StepClaim, 'delegationId' | 'step' | 'attempt'>): string {
  return `${delegationId}/${step}/${attempt}`
}

async function every(
  ms: number,
  signal: AbortSignal,
  work: () => Promise<void>,
  onError: (error: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    await after(ms, signal)
    if (!signal.aborted) await work().catch(onError)
  }
}

/** Ends early, and without complaint, when the signal says so. */
function after(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal?.addEventListener('abort', end, { once: true })
  })
}

async function drained(running: ReadonlySet<Promise<unknown>>, looking: Promise<void> | undefined): Promise<void> {
  await looking
  while (running.size > 0) await Promise.all(running)
}

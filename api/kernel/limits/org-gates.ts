import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '#shared/kernel/app-error.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { EndpointClass } from './endpoint-class.ts'
import { createPace, type Pace, type Rate } from './pace.ts'
import { createPlaces, type Places } from './places.ts'

/** What is counted in memory; expensive ones are counted exactly, in the database. */
export type Paced = Exclude<EndpointClass, 'expensive'>

export const defaultRates: Readonly<Record<Paced, Rate>> = {
  read: { perSecond: 150, burst: 100 },
  write: { perSecond: 50, burst: 100 },
}
/** Requests of one org worked on at the same time, on one node; an org whose row is long has one while others are there. */
const atOnce = { usually: 6, besideOthers: 1 }
const longRow = 8
const restMs = 20
const besideMs = 250
const patienceMs = 2_000
/** A refusal is held back so long: who asks again at once asks less often. */
const holdMs = 500
const heldAtMost = 500

export type Gates = {
  /** Lets through what is within the pace of the org, after a wait if need be. Throws rate-limited, with when to come again. */
  pass<T>(orgId: OrgId, kind: Paced, work: () => Promise<T>, signal?: AbortSignal): Promise<T>
  /** What was let through since the last call, by org, and how it goes on: the pace of this node. */
  counted(): Counted[]
  setRate(orgId: OrgId, kind: Paced, rate: Rate): void
}

export type Counted = { orgId: OrgId; kind: Paced; count: number }

type Gate = {
  places: Places
  paces: Record<Paced, Pace>
  rates: Record<Paced, Rate>
  counts: Record<Paced, number>
  held: number
}

/** One gate an org, in the memory of this node. */
export function createOrgGates(now: () => number = () => performance.now()): Gates {
  const gates = new Map<OrgId, Gate>()
  const others = watchOthers(now)
  const gateOf = (orgId: OrgId): Gate => {
    const known = gates.get(orgId)
    if (known) return known
    const made: Gate = {
      places: createPlaces((waiting) =>
        waiting > longRow && others.wereThere(orgId) ? atOnce.besideOthers : atOnce.usually,
      ),
      paces: { read: createPace(now), write: createPace(now) },
      rates: { ...defaultRates },
      counts: { read: 0, write: 0 },
      held: 0,
    }
    gates.set(orgId, made)
    return made
  }

  return {
    async pass(orgId, kind, work, signal) {
      const gate = gateOf(orgId)
      others.note(orgId)
      const next = gate.paces[kind].next(gate.rates[kind], patienceMs)
      if ('tooEarlyMs' in next) return await refuse(gate, kind, next.tooEarlyMs)
      gate.counts[kind]++
      if (next.waitMs > 0) await pause(next.waitMs)
      await gate.places.take()
      try {
        // Whoever has gone meanwhile is not worked for.
        signal?.throwIfAborted()
        return await work()
      } finally {
        // Between two of a long row others find the server free.
        if (gate.places.row > longRow && others.wereThere(orgId)) setTimeout(gate.places.giveBack, restMs)
        else gate.places.giveBack()
      }
    },
    counted() {
      const found: Counted[] = []
      for (const [orgId, gate] of gates) {
        const { read, write } = gate.counts
        if (read > 0) found.push({ orgId, kind: 'read', count: read })
        if (write > 0) found.push({ orgId, kind: 'write', count: write })
        gate.counts = { read: 0, write: 0 }
        // An org that is silent for a while costs no memory.
        if (read + write === 0 && gate.places.isIdle && gate.held === 0) gates.delete(orgId)
      }
      return found
    },
    setRate(orgId, kind, rate) {
      const gate = gates.get(orgId)
      if (gate) gate.rates[kind] = rate
    },
  }
}

/** Was another org here a moment ago? The latest org and the latest of any other are enough to know. */
function watchOthers(now: () => number) {
  let latest: { orgId: OrgId; at: number } | undefined
  let before: typeof latest
  return {
    note(orgId: OrgId) {
      if (latest && latest.orgId !== orgId) before = latest
      latest = { orgId, at: now() }
    },
    wereThere(orgId: OrgId): boolean {
      const other = latest?.orgId === orgId ? before : latest
      return other !== undefined && now() - other.at < besideMs
    },
  }
}

async function refuse(gate: Gate, kind: Paced, tooEarlyMs: number): Promise<never> {
  if (gate.held < heldAtMost) {
    gate.held++
    await pause(holdMs)
    gate.held--
  }
  throw tooMany(kind === 'read' ? 'reads' : 'changes', Math.ceil(tooEarlyMs / 1_000))
}

export function tooMany(what: string, seconds: number): AppError {
  return new AppError('rate-limited', `This organisation makes more ${what} than it may.`, {
    fix: `Try again in ${seconds === 1 ? 'a second' : `${seconds} seconds`}; what it may is in the settings under Limits.`,
    data: { retryAfterSeconds: seconds },
  })
}

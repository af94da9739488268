import type { OrgId } from '#shared/kernel/ids.ts'
import { type Circuit, closed, failed, standsOpen, tried, undecided } from '#shared/models/circuit.ts'

/** Of this process alone: each node finds out for itself, which costs a few calls more and needs nobody to agree. */
const circuits = new Map<string, Circuit>()
const mostKept = 5_000

/** Whom a call asks with which key, by its id; a new value of the key begins anew. */
export type Way = { orgId: OrgId; provider: string; keyId: string }

/** Why it is left alone now and for how long; null where it may be asked. */
export function knock(way: Way, now = Date.now()): { reason: string; afterMs: number } | null {
  const known = circuits.get(nameOf(way))
  if (!known || !standsOpen(known, now)) return null
  const afterMs = known.isTrying ? 5_000 : Math.max(known.openUntil - now, 1_000)
  const reason = `${way.provider} failed ${known.failures} times in a row, so it is left alone for ${Math.ceil(afterMs / 1_000)} s. The last time: ${known.words}`
  return { reason, afterMs }
}

/** Did anything of this org fail lately at all? */
export function hasCircuits(orgId: OrgId): boolean {
  for (const name of circuits.keys()) if (name.startsWith(orgId)) return true
  return false
}

export function tellAsked(way: Way, now = Date.now()): void {
  const known = circuits.get(nameOf(way))
  if (known) keep(way, tried(known, now))
}

export function tellAnswered(way: Way): void {
  circuits.delete(nameOf(way))
}

/** The call ended, and nothing is known of its provider by that. */
export function tellUndecided(way: Way, now = Date.now()): void {
  const known = circuits.get(nameOf(way))
  if (known) keep(way, undecided(known, now))
}

export function tellFailed(way: Way, words: string, now = Date.now()): void {
  keep(way, failed(circuits.get(nameOf(way)) ?? closed, words.slice(0, 300), now))
}

function keep(way: Way, circuit: Circuit): void {
  const name = nameOf(way)
  circuits.delete(name)
  circuits.set(name, circuit)
  const [oldest] = circuits.keys()
  if (circuits.size > mostKept && oldest !== undefined) circuits.delete(oldest)
}

function nameOf({ orgId, provider, keyId }: Way): string {
  return `${orgId}/${provider}/${keyId}`
}

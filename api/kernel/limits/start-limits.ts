import { randomUUID } from 'node:crypto'
import type { Db } from '../pool.ts'
import { setLimits } from './of-db.ts'
import { createOrgGates, defaultRates, type Gates } from './org-gates.ts'
import { shareCounts } from './rate-store.ts'

const everyMs = 1_000
/** Below this part of what an org may nobody else is asked: one node alone cannot be too much. */
const quiet = 0.25

/**
 * Limits what each org asks of this server. Counted in memory, so that a read costs no question more; once a second the
 * nodes tell each other about busy orgs and share the pace. Until they have, at most two seconds, n nodes let through n
 * times the pace and n bursts.
 */
export function startLimits(db: Db, onError: (error: unknown) => void): { stop(): void } {
  const gates = createOrgGates()
  setLimits(db, { gates, known: new Map(), finding: new Map() })
  const node = randomUUID()
  const timer = setInterval(() => share(db, node, gates).catch(onError), everyMs).unref()
  return { stop: () => clearInterval(timer) }
}

async function share(db: Db, node: string, gates: Gates): Promise<void> {
  const busy = gates.counted().filter(({ kind, count }) => count > defaultRates[kind].perSecond * quiet)
  if (busy.length === 0) return
  const shares = await shareCounts(db, node, busy)
  for (const { orgId, kind, total, perSecond } of shares) {
    const own = busy.find((one) => one.orgId === orgId && one.kind === kind)?.count ?? 0
    const { burst, perSecond: usual } = defaultRates[kind]
    const allowed = perSecond ?? usual
    const part = total > own ? own / total : 1
    gates.setRate(orgId, kind, {
      perSecond: Math.max(1, allowed * part),
      burst: Math.max(1, burst * part * (allowed / usual)),
    })
  }
}

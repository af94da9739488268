import type { OrgContext } from '../../kernel/actor.ts'
import { type Db, inTransaction } from '../../kernel/db.ts'
import { commitTurn, type Leaves, MustLeave } from './commit-turn.ts'
import { beginning } from './gates.ts'
import type { Hands } from './hands.ts'
import { giveBack, type ReadyClaim, type ReadyRow, type StepClaim } from './queue-store.ts'
import { type Plan, readTurn, type Turn } from './turn.ts'

const maxRereads = 10
const engine = { kind: 'system', name: 'engine' } as const

/** What a commit let begin, for this worker to run, and what it left to be claimed by anybody. */
export type Begun = { claims: readonly StepClaim[]; turn: Turn | undefined; leaves: Leaves }

export const leavesAll = { due: true, steps: true } as const

/**
 * One step forward of a claimed delegation: load, decide, commit, let go. Nothing is done here but deciding; the effects it
 * lets begin are given back to be run. What was recorded since it read makes it read again.
 */
export async function advance(db: Db, claim: ReadyClaim, hands: Hands): Promise<Begun> {
  const context: OrgContext = { db, orgId: claim.orgId, actor: engine }
  const toolNames = hands.tools.map((tool) => tool.name)
  let mayLeave = false
  for (let reads = 0; reads < maxRereads; reads++) {
    const read = await readTurn(db, claim.orgId, claim.delegationId, toolNames)
    if (!read) continue
    const { turn } = read
    const plan = standing(read)
    let isLost = false
    const holds = (own: ReadyRow | undefined) => {
      // Somebody else holds it by now: this process slept through its lease and may commit nothing.
      isLost = own?.epoch !== claim.epoch || own.leasedBy !== claim.worker
      return !isLost && own?.wakes === turn.loaded.wakes
    }
    try {
      const outcome = await inTransaction(context, (tx) => commitTurn(tx, { turn, plan, hands, mayLeave }, { holds }))
      if (isLost) return { claims: [], turn: undefined, leaves: leavesAll }
      if (outcome.kind === 'settled') return { claims: outcome.begun, turn: outcome.turn, leaves: outcome.leaves }
    } catch (error) {
      if (!(error instanceof MustLeave) || mayLeave) throw error
      mayLeave = true
    }
  }
  await inTransaction(context, (tx) => giveBack(tx, claim))
  return { claims: [], turn: undefined, leaves: leavesAll }
}

/** In a paused workspace what runs ends its step, and nothing more begins. */
function standing({ turn, plan }: { turn: Turn; plan: Plan }): Plan {
  const { before } = plan
  if (!turn.loaded.isPaused || before.state !== 'running' || beginning(plan).length === 0) return plan
  return { before, after: { ...before, state: 'queued' }, last: undefined }
}

import type { Tx } from '../../kernel/db.ts'
import { wake } from '../../kernel/wake.ts'
import { settle } from '../budgets/index.ts'
import { insertNote } from './delegation-store.ts'
import { attemptOf } from './gates.ts'
import { putBack } from './journal-store.ts'
import { type LoopTripped, loopHold } from './loop-gate.ts'
import { countReleases, findLoopHold, markHeld } from './loop-store.ts'
import { lockPlaces, nextInQueue } from './places-store.ts'
import { lockReady, type StepClaim } from './queue-store.ts'
import { tellLoop, tellStep } from './tell.ts'
import type { Turn } from './turn.ts'

/**
 * Holds the delegation whose call would have been one more turn of a loop: the call goes back to be run, and the work waits
 * for a person from this commit on, so that nobody takes the call up again before the answer. Of several calls of one answer
 * that trip side by side the first is told, and one that tripped before a person let them go on is judged anew. False where the call is somebody else's by now: nothing was written.
 */
export async function holdForLoop(tx: Tx, turn: Turn, claim: StepClaim, tripped: LoopTripped): Promise<boolean> {
  const { loaded } = turn
  const { delegationId, workspaceId } = loaded.journal
  const place = { workspaceId, delegationId, allowed: loaded.isPaused ? 0 : turn.allowed }
  const [, next] = await Promise.all([lockPlaces(tx, workspaceId), nextInQueue(tx, place)])
  await lockReady(tx, [delegationId, ...next])
  if (!(await putBack(tx, claim))) return false
  await settle(tx, { ...attemptOf(turn, claim), outcome: 'not-sent' })
  await wake(tx, [delegationId, ...next])
  if ((await countReleases(tx, delegationId)) > tripped.releases || (await findLoopHold(tx, delegationId))) return true
  const hold = loopHold(tripped.verdict, claim.step)
  const step = await insertNote(tx, delegationId, 'hold', hold)
  tellStep(tx, loaded, { step, kind: 'note', state: 'done', name: 'hold' })
  tellLoop(tx, loaded, hold)
  if (await markHeld(tx, delegationId, hold.reason)) {
    const { fromWorkspaceId } = loaded
    const payload = { delegationId, workspaceId, fromWorkspaceId, waitingFor: 'input' as const }
    tx.tell({ type: 'delegation.waiting', payload }, loaded.chain)
  }
  return true
}

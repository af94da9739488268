import type { Hold, Journal } from '#shared/delegations/journal.ts'
import { judgeNewDelegation, type LoopVerdict } from '#shared/delegations/loop-breaker.ts'
import { judgeJournal } from '#shared/delegations/loop-breaker-journal.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Chain } from '../../kernel/actor.ts'
import type { Tx } from '../../kernel/db.ts'
import { isAllowedForGood, lockChain, readLoopFacts } from './loop-store.ts'

/**
 * Thrown by whoever asks for a delegation that would be one more turn of a loop. The engine catches it where it runs the
 * tool that asked: nothing of the call is kept, it waits to be run, and the asking delegation gets the note `hold` that
 * `loopHold` makes. A schedule records the firing as skipped, with the sentence.
 */
export class LoopTripped extends AppError {
  readonly verdict: LoopVerdict

  constructor(verdict: LoopVerdict) {
    super('conflict', verdict.sentence, { fix: 'Let the work go on once, allow it always, or end it.' })
    this.verdict = verdict
  }
}

type NewWork = {
  /** As the new delegation will carry it. */
  chain: Chain
  /** The delegation that asks, null where no delegation does. */
  askerId: DelegationId | null
  from: { id: WorkspaceId; name: string } | null
  to: { id: WorkspaceId; name: string }
  task: string
}

/**
 * Called by `delegateIn` when an agent, a schedule or another machine asks (never for a person), after the search for the
 * idempotency key and right before `insertDelegation`. Two statements in one round trip; it takes the chain's advisory lock,
 * which comes after queue entries and before the org's sequence. Throws LoopTripped.
 */
export async function checkNewDelegation(tx: Tx, work: NewWork): Promise<void> {
  const { chain, askerId, from, to, task } = work
  const asked = { chainId: chain.id, askerId, fromWorkspaceId: from?.id ?? null, toWorkspaceId: to.id, task }
  const [, seen] = await Promise.all([lockChain(tx, chain.id), readLoopFacts(tx, asked)])
  const { line, onEdge, lately, latelyTo, inAll, inAllTo, byAsker } = seen
  const facts = {
    from,
    to,
    task,
    depth: seen.hasRestarted ? Math.min(line.length, chain.depth) : chain.depth,
    line,
    onEdge,
    oftenOnEdge: seen.often,
    created: { lately, latelyTo, inAll, inAllTo, byAsker },
  }
  const allowed = new Set(
    seen.allowed.map(({ rule, scope }) => `${rule} ${scope.startsWith('chain:') ? 'chain' : scope}`),
  )
  const verdict = judgeNewDelegation(facts, allowed)
  if (!verdict) return
  const scope = verdict.scope === 'chain' ? `chain:${chain.id}` : verdict.scope
  throw new LoopTripped({ ...verdict, scope })
}

/**
 * Called in the transaction that would write down the next model call of a delegation, with the journal as it stands before
 * that call. Costs nothing unless the journal repeats itself. A verdict means: instead of the model call, the engine records
 * `note(journal, 'hold', loopHold(verdict))`, decides again (it waits for input) and tells `chain.paused` with the rule.
 */
export async function checkLoops(tx: Tx, journal: Journal): Promise<LoopVerdict | undefined> {
  const verdict = judgeJournal(journal)
  return verdict && !(await isAllowedForGood(tx, verdict)) ? verdict : undefined
}

/** The hold to record. `step`: the call that asked for the new delegation, which runs again once a person lets it. */
export function loopHold({ rule, sentence, scope }: LoopVerdict, step?: number): Hold & { scope: string } {
  const hold = { for: 'input' as const, code: 'loop' as const, reason: sentence, rule, scope }
  return step === undefined ? hold : { ...hold, step }
}

import type { DelegationState, StepState, WaitingFor } from '#shared/delegations/contract.ts'
import type { Hold, Journal, RecordedStep } from '#shared/delegations/journal.ts'
import type { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { MicroDollars } from '#shared/kernel/money.ts'
import type { OrgFact } from '#shared/org-event.ts'
import type { Tx } from '../../kernel/db.ts'
import type { Loaded, LostRow } from './journal-store.ts'

type Told = {
  loaded: Loaded
  before: Journal
  after: Journal
  waitingFor: WaitingFor | null
  /** Steps that were written as running. */
  begun: ReadonlySet<number>
  /** What steps cost that ended without a result. */
  costs: ReadonlyMap<number, MicroDollars>
}

/** The events of a committed decision: steps first, then what became of the delegation. */
export function tellDecision(tx: Tx, { loaded, before, after, waitingFor, begun, costs }: Told): void {
  for (const step of after.steps) {
    const old = before.steps[step.step]
    if (old?.state === step.state) continue
    const told = begun.has(step.step) ? { ...step, state: 'running' as const } : step
    tellStep(tx, loaded, told, costs.get(step.step))
  }
  if (before.state === after.state && before.state !== 'waiting') return
  if (before.state === 'waiting' && after.state === 'waiting' && loaded.waitingFor === waitingFor) return
  const fact = stateFact(loaded, after.state, waitingFor)
  if (fact) tx.tell(fact, loaded.chain)
}

function stateFact(loaded: Loaded, state: DelegationState, waitingFor: WaitingFor | null): OrgFact | undefined {
  const { delegationId, workspaceId } = loaded.journal
  const of = { delegationId, workspaceId, fromWorkspaceId: loaded.fromWorkspaceId }
  switch (state) {
    case 'queued':
      return { type: 'delegation.queued', payload: { ...of, ...loaded.place } }
    case 'running':
      return { type: loaded.hasStarted ? 'delegation.resumed' : 'delegation.started', payload: of }
    case 'waiting':
      return waitingFor ? { type: 'delegation.waiting', payload: { ...of, waitingFor } } : undefined
    case 'lost':
      return { type: 'delegation.lost', payload: of }
    case 'completed':
      return { type: 'delegation.completed', payload: { ...of, cost: loaded.cost } }
    case 'failed':
      return { type: 'delegation.failed', payload: { ...of, cost: loaded.cost } }
    case 'cancelled':
      return { type: 'delegation.cancelled', payload: { ...of, cost: loaded.cost } }
    default:
      return state satisfies never
  }
}

type ToldStep = Pick<RecordedStep, 'step' | 'kind' | 'state' | 'name'>

export function tellStep(tx: Tx, loaded: Loaded, step: ToldStep, cost = 0): void {
  const { delegationId, workspaceId } = loaded.journal
  const { kind, state } = step
  const name = step.name.slice(0, 120)
  const payload = { delegationId, workspaceId, step: step.step, kind, state, name, cost }
  tx.tell({ type: 'step.changed', payload }, loaded.chain)
}

/** The call in the parent that waited for this delegation has its result. */
export function tellParentStep(
  tx: Tx,
  loaded: Loaded,
  parent: NonNullable<Loaded['parent']>,
  call: { name: string; state: StepState },
): void {
  const { id: delegationId, workspaceId, step } = parent
  const payload = { delegationId, workspaceId, step, kind: 'tool' as const, ...call, cost: 0 }
  tx.tell({ type: 'step.changed', payload }, { ...loaded.chain, depth: Math.max(loaded.chain.depth - 1, 0) })
}

export function tellLost(tx: Tx, { id: delegationId, workspaceId, fromWorkspaceId, chainId, depth }: LostRow): void {
  tx.tell({ type: 'delegation.lost', payload: { delegationId, workspaceId, fromWorkspaceId } }, { id: chainId, depth })
}

/** The loop breaker stopped it. */
export function tellLoop(tx: Tx, loaded: Loaded, { rule = 'loop' }: Hold): void {
  const { delegationId, workspaceId } = loaded.journal
  const payload = { delegationId, workspaceId, fromWorkspaceId: loaded.fromWorkspaceId, rule }
  tx.tell({ type: 'chain.paused', payload }, loaded.chain)
}

export type ChangedStep = Pick<RecordedStep, 'step' | 'kind' | 'state' | 'name'> & {
  delegationId: DelegationId
  workspaceId: WorkspaceId
}

/** A step that changed outside of a decision. */
export function tellChanged(tx: Tx, change: ChangedStep, cost = 0): void {
  const { delegationId, workspaceId, step, kind, state, name } = change
  const payload = { delegationId, workspaceId, step, kind, state, name: name.slice(0, 120), cost }
  tx.tell({ type: 'step.changed', payload })
}

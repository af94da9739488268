import type { WaitingFor } from '#shared/delegations/contract.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { OrgEvent, OrgEventOf } from '#shared/org-event.ts'
import {
  addDelegation,
  dayOf,
  type Ended,
  edgeKey,
  edgeOf,
  type LiveDelegation,
  type LiveState,
  linkToParent,
  newDelegation,
  removeDelegation,
  workOf,
} from './live-state.ts'

/** Follows one event, in place. False for an event the state has seen, or that is another org's. */
export function applyEvent(state: LiveState, event: OrgEvent): boolean {
  if (event.orgId !== state.orgId || event.seq <= state.seq) return false
  state.seq = event.seq
  startDay(state, event)
  switch (event.type) {
    case 'delegation.queued':
      queue(state, event)
      return true
    case 'delegation.started':
      enter(state, event, { state: 'running', waitingFor: null })
      return true
    case 'delegation.resumed':
      enter(state, event, { state: 'running', waitingFor: null })
      return true
    case 'delegation.waiting':
      enter(state, event, { state: 'waiting', waitingFor: event.payload.waitingFor })
      return true
    case 'delegation.lost':
      enter(state, event, { state: 'lost', waitingFor: null })
      return true
    case 'delegation.completed':
      end(state, event, 'completed')
      return true
    case 'delegation.failed':
      end(state, event, 'failed')
      return true
    case 'delegation.cancelled':
      end(state, event, 'cancelled')
      return true
    case 'step.changed':
      count(state, event)
      return true
    case 'workspace.deleted':
      bury(state, event.payload.workspaceId)
      return true
    case 'workspace.restored':
      state.tombstones.delete(event.payload.workspaceId)
      state.changed.workspaces.add(event.payload.workspaceId)
      return true
    default:
      return true
  }
}

type Entering = OrgEventOf<
  'delegation.started' | 'delegation.resumed' | 'delegation.waiting' | 'delegation.lost' | 'delegation.queued'
>
type Ending = OrgEventOf<'delegation.completed' | 'delegation.failed' | 'delegation.cancelled'>
type Phase = { state: 'running' | 'waiting' | 'lost'; waitingFor: WaitingFor | null }

/** A start that follows its queueing at once is one journey, not two. */
const sameJourneyMs = 600

/** More journeys at once than an eye can follow, or a hidden tab that draws nothing. */
const mostPulses = 200

function queue(state: LiveState, event: OrgEventOf<'delegation.queued'>): void {
  const { delegationId, parentId, workspaceId, fromWorkspaceId } = event.payload
  const at = Date.parse(event.at)
  const known = state.delegations.get(delegationId)
  if (known) {
    known.state = 'queued'
    known.waitingFor = null
    known.since = at
    touch(state, known)
    return
  }
  if (state.tombstones.has(workspaceId)) return
  const delegation = newDelegation(delegationId, parentId, workspaceId, fromWorkspaceId, at)
  delegation.isFollowed = true
  addDelegation(state, delegation)
  linkToParent(state, delegation)
  touch(state, delegation)
  pulse(state, delegation, 'down')
}

function enter(state: LiveState, event: Entering, phase: Phase): void {
  const { delegationId, workspaceId, fromWorkspaceId } = event.payload
  if (state.tombstones.has(workspaceId)) return
  const at = Date.parse(event.at)
  const known = state.delegations.get(delegationId)
  const delegation = known ?? newDelegation(delegationId, null, workspaceId, fromWorkspaceId, at)
  if (!known) addDelegation(state, delegation)
  const isLateStart = event.type === 'delegation.started' && at - delegation.since > sameJourneyMs
  if (isLateStart) pulse(state, delegation, 'down')
  delegation.state = phase.state
  delegation.waitingFor = phase.waitingFor
  delegation.since = at
  if (phase.state === 'running') forgetEnd(state, delegation)
  touch(state, delegation)
}

function end(state: LiveState, event: Ending, how: Ended['state']): void {
  const { delegationId, workspaceId, fromWorkspaceId } = event.payload
  if (state.tombstones.has(workspaceId)) return
  const at = Date.parse(event.at)
  const delegation =
    state.delegations.get(delegationId) ?? newDelegation(delegationId, null, workspaceId, fromWorkspaceId, at)
  if (delegation.isFollowed) settle(state, delegation, event.payload.cost)
  const ended: Ended = { delegationId, state: how, at }
  const work = workOf(state, workspaceId)
  work.lastEnded = ended
  if (how === 'failed') work.failedToday += 1
  const edge = edgeOf(state, delegation)
  if (edge) edge.lastEnded = ended
  touch(state, delegation)
  if (how !== 'cancelled') pulse(state, delegation, 'up', how === 'failed')
  removeDelegation(state, delegation)
}

/** Work that goes on makes the last end old news, on the card and on the edge. */
function forgetEnd(state: LiveState, delegation: LiveDelegation): void {
  workOf(state, delegation.workspaceId).lastEnded = undefined
  const edge = edgeOf(state, delegation)
  if (edge) edge.lastEnded = undefined
}

function count(state: LiveState, event: OrgEventOf<'step.changed'>): void {
  const { delegationId, workspaceId, step, cost } = event.payload
  if (state.tombstones.has(workspaceId) || cost === 0) return
  const costs = state.delegations.get(delegationId)?.stepCosts
  const before = costs?.get(step) ?? 0
  if (cost <= before) return
  costs?.set(step, cost)
  workOf(state, workspaceId).spendToday += cost - before
  state.changed.workspaces.add(workspaceId)
}

/** What the delegation cost in all, less what its steps have told already. */
function settle(state: LiveState, { workspaceId, stepCosts }: LiveDelegation, cost: number): void {
  const told = [...stepCosts.values()].reduce((sum, step) => sum + step, 0)
  workOf(state, workspaceId).spendToday += Math.max(0, cost - told)
}

function bury(state: LiveState, workspaceId: WorkspaceId): void {
  state.tombstones.add(workspaceId)
  for (const delegation of [...(state.workspaces.get(workspaceId)?.live ?? [])]) {
    touch(state, delegation)
    removeDelegation(state, delegation)
  }
  state.workspaces.delete(workspaceId)
  for (const [key, edge] of state.edges) {
    if (edge.from !== workspaceId && edge.to !== workspaceId) continue
    state.edges.delete(key)
    state.changed.edges.add(key)
  }
  state.changed.workspaces.add(workspaceId)
}

function startDay(state: LiveState, event: OrgEvent): void {
  const { at } = event
  // Asked of each event; most say their day in UTC themselves.
  const day = at.endsWith('Z') ? at.slice(0, 10) : dayOf(Date.parse(at))
  if (day <= state.day) return
  state.day = day
  for (const [workspaceId, work] of state.workspaces) {
    if (work.spendToday === 0 && work.failedToday === 0) continue
    work.spendToday = 0
    work.failedToday = 0
    state.changed.workspaces.add(workspaceId)
  }
}

function touch(state: LiveState, { workspaceId, fromWorkspaceId }: LiveDelegation): void {
  state.changed.workspaces.add(workspaceId)
  if (fromWorkspaceId !== null) state.changed.edges.add(edgeKey(fromWorkspaceId, workspaceId))
}

function pulse(state: LiveState, delegation: LiveDelegation, direction: 'down' | 'up', isFailure = false): void {
  const { fromWorkspaceId: from, workspaceId: to } = delegation
  if (from === null || from === to || state.tombstones.has(from)) return
  const { pulses } = state.changed
  if (pulses.length < mostPulses) pulses.push({ from, to, direction, isFailure })
}

import type { ActiveDelegations, DelegationState, WaitingFor } from '#shared/delegations/contract.ts'
import type { DelegationId, OrgId, WorkspaceId } from '#shared/kernel/ids.ts'

/** A delegation that has not ended, as the graph needs it. */
export type LiveDelegation = {
  id: DelegationId
  parentId: DelegationId | null
  workspaceId: WorkspaceId
  fromWorkspaceId: WorkspaceId | null
  state: DelegationState
  waitingFor: WaitingFor | null
  /** When it entered this state, in milliseconds. */
  since: number
  /** Children it ever handed out, and the workspaces of those still open. */
  childrenGiven: number
  openChildren: Map<DelegationId, WorkspaceId>
  /** What each step has cost so far, so that a step told twice is counted once. */
  stepCosts: Map<number, number>
  /** True where its spend was followed from the start, so that its total at the end can be compared. */
  isFollowed: boolean
}

export type Ended = { delegationId: DelegationId; state: 'completed' | 'failed' | 'cancelled'; at: number }

/** Work between two workspaces: an edge that lights up. */
export type EdgeWork = {
  from: WorkspaceId
  to: WorkspaceId
  live: Set<LiveDelegation>
  lastEnded: Ended | undefined
}

/** One journey along an edge: down with the task, up with the answer. */
export type Pulse = { from: WorkspaceId; to: WorkspaceId; direction: 'down' | 'up'; isFailure: boolean }

export type WorkspaceWork = {
  live: Set<LiveDelegation>
  lastEnded: Ended | undefined
  spendToday: number
  /** Delegations that failed today. */
  failedToday: number
}

/** All that happens in an org now. Changed in place; what changed since the last flush is in `changed`. */
export type LiveState = {
  orgId: OrgId | undefined
  seq: number
  /** UTC day that the spend is counted for, e.g. "2031-05-04". */
  day: string
  delegations: Map<DelegationId, LiveDelegation>
  workspaces: Map<WorkspaceId, WorkspaceWork>
  edges: Map<string, EdgeWork>
  /** Workspaces that are gone: a late event never brings one back. */
  tombstones: Set<WorkspaceId>
  changed: { workspaces: Set<WorkspaceId>; edges: Set<string>; pulses: Pulse[] }
}

export function emptyLiveState(orgId?: OrgId): LiveState {
  return {
    orgId,
    seq: 0,
    day: '',
    delegations: new Map(),
    workspaces: new Map(),
    edges: new Map(),
    tombstones: new Set(),
    changed: { workspaces: new Set(), edges: new Set(), pulses: [] },
  }
}

/** The state a snapshot describes. */
export function fromSnapshot(orgId: OrgId, snapshot: ActiveDelegations, now: number): LiveState {
  const state = emptyLiveState(orgId)
  state.seq = snapshot.seq
  state.day = dayOf(now)
  for (const { id, parentId, workspaceId, fromWorkspaceId, state: phase, waitingFor, since } of snapshot.delegations) {
    addDelegation(state, {
      ...newDelegation(id, parentId, workspaceId, fromWorkspaceId, Date.parse(since)),
      state: phase,
      waitingFor,
    })
  }
  for (const child of state.delegations.values()) linkToParent(state, child)
  for (const { workspaceId, today } of snapshot.spend) workOf(state, workspaceId).spendToday = today
  for (const { workspaceId, today } of snapshot.failures) workOf(state, workspaceId).failedToday = today
  return state
}

export function newDelegation(
  id: DelegationId,
  parentId: DelegationId | null,
  workspaceId: WorkspaceId,
  fromWorkspaceId: WorkspaceId | null,
  since: number,
): LiveDelegation {
  const children = { childrenGiven: 0, openChildren: new Map(), stepCosts: new Map() }
  return {
    id,
    parentId,
    workspaceId,
    fromWorkspaceId,
    state: 'queued',
    waitingFor: null,
    since,
    isFollowed: false,
    ...children,
  }
}

export function addDelegation(state: LiveState, delegation: LiveDelegation): void {
  state.delegations.set(delegation.id, delegation)
  workOf(state, delegation.workspaceId).live.add(delegation)
  edgeOf(state, delegation)?.live.add(delegation)
}

export function linkToParent(state: LiveState, child: LiveDelegation): void {
  const parent = child.parentId === null ? undefined : state.delegations.get(child.parentId)
  if (!parent || parent.openChildren.has(child.id)) return
  parent.childrenGiven += 1
  parent.openChildren.set(child.id, child.workspaceId)
  state.changed.workspaces.add(parent.workspaceId)
}

export function removeDelegation(state: LiveState, delegation: LiveDelegation): void {
  state.delegations.delete(delegation.id)
  workOf(state, delegation.workspaceId).live.delete(delegation)
  edgeOf(state, delegation)?.live.delete(delegation)
  const parent = delegation.parentId === null ? undefined : state.delegations.get(delegation.parentId)
  if (!parent?.openChildren.delete(delegation.id)) return
  state.changed.workspaces.add(parent.workspaceId)
}

export function workOf(state: LiveState, workspaceId: WorkspaceId): WorkspaceWork {
  const known = state.workspaces.get(workspaceId)
  if (known) return known
  const work: WorkspaceWork = { live: new Set(), lastEnded: undefined, spendToday: 0, failedToday: 0 }
  state.workspaces.set(workspaceId, work)
  return work
}

export function edgeOf(state: LiveState, { fromWorkspaceId: from, workspaceId: to }: LiveDelegation) {
  if (from === null || from === to) return undefined
  const key = edgeKey(from, to)
  const known = state.edges.get(key)
  if (known) return known
  const edge: EdgeWork = { from, to, live: new Set(), lastEnded: undefined }
  state.edges.set(key, edge)
  return edge
}

export function edgeKey(from: WorkspaceId, to: WorkspaceId): string {
  return `${from}>${to}`
}

export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

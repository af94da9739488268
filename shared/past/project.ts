import type { OrgEvent } from '../org-event.ts'
import type { PastDelegation, PastState, PastWorkspace } from './state.ts'

/** The org after these events, which must follow `state` without a gap; `state` itself stays as it is. */
export function project(state: PastState, events: readonly OrgEvent[]): PastState {
  if (events.length === 0) return state
  const next: PastState = {
    ...state,
    workspaces: { ...state.workspaces },
    delegations: { ...state.delegations },
    spend: { ...state.spend },
    failures: { ...state.failures },
  }
  for (const event of events) {
    next.seq = event.seq
    next.at = event.at
    applyToChart(next, event)
    applyToWork(next, event)
  }
  return next
}

function applyToChart({ workspaces }: PastState, event: OrgEvent): void {
  switch (event.type) {
    case 'workspace.created': {
      const { workspaceId, parentId, name, position } = event.payload
      const marks = { isPausedHere: false, isFrozenHere: false, isDeleted: false }
      workspaces[workspaceId] = { parentId, name, position, ...marks, createdAt: event.at }
      return
    }
    case 'workspace.placed':
      for (const { workspaceId, position } of event.payload.positions) edit(workspaces, workspaceId, { position })
      return
    case 'workspace.renamed':
      edit(workspaces, event.payload.workspaceId, { name: event.payload.name })
      return
    case 'workspace.moved': {
      const { workspaceId, toParentId: parentId, position } = event.payload
      edit(workspaces, workspaceId, { parentId, position })
      return
    }
    case 'workspace.paused':
    case 'workspace.resumed':
      edit(workspaces, event.payload.workspaceId, { isPausedHere: event.type === 'workspace.paused' })
      return
    case 'workspace.frozen':
    case 'workspace.unfrozen':
      edit(workspaces, event.payload.workspaceId, { isFrozenHere: event.type === 'workspace.frozen' })
      return
    // Kept, because a restored one comes back as it was.
    case 'workspace.deleted':
    case 'workspace.restored':
      edit(workspaces, event.payload.workspaceId, { isDeleted: event.type === 'workspace.deleted' })
      return
    default:
      return
  }
}

function applyToWork(state: PastState, event: OrgEvent): void {
  const { delegations } = state
  switch (event.type) {
    case 'delegation.queued': {
      const { delegationId, workspaceId, fromWorkspaceId, parentId } = event.payload
      const since = delegations[delegationId]?.since ?? event.at
      delegations[delegationId] = { workspaceId, fromWorkspaceId, parentId, state: 'queued', waitingFor: null, since }
      return
    }
    case 'delegation.started':
      change(delegations, event.payload.delegationId, { state: 'running', waitingFor: null, since: event.at })
      return
    case 'delegation.resumed':
      change(delegations, event.payload.delegationId, { state: 'running', waitingFor: null })
      return
    case 'delegation.waiting': {
      const { delegationId, waitingFor } = event.payload
      change(delegations, delegationId, { state: 'waiting', waitingFor })
      return
    }
    case 'delegation.lost':
      change(delegations, event.payload.delegationId, { state: 'lost', waitingFor: null })
      return
    case 'delegation.failed':
      fail(state, event)
      delete delegations[event.payload.delegationId]
      return
    case 'delegation.completed':
    case 'delegation.cancelled':
      delete delegations[event.payload.delegationId]
      return
    case 'step.changed':
      spend(state, event)
      return
    default:
      return
  }
}

function spend(state: PastState, { at, payload }: Extract<OrgEvent, { type: 'step.changed' }>): void {
  if (payload.cost === 0) return
  startDay(state, at)
  state.spend[payload.workspaceId] = (state.spend[payload.workspaceId] ?? 0) + payload.cost
}

function fail(state: PastState, { at, payload }: Extract<OrgEvent, { type: 'delegation.failed' }>): void {
  startDay(state, at)
  state.failures[payload.workspaceId] = (state.failures[payload.workspaceId] ?? 0) + 1
}

function startDay(state: PastState, at: string): void {
  const day = at.slice(0, 10)
  if (day === state.day) return
  state.day = day
  state.spend = {}
  state.failures = {}
}

function edit(all: PastState['workspaces'], id: keyof typeof all, now: Partial<PastWorkspace>): void {
  const before = all[id]
  if (before) all[id] = { ...before, ...now }
}

function change(all: PastState['delegations'], id: keyof typeof all, now: Partial<PastDelegation>): void {
  const before = all[id]
  if (before) all[id] = { ...before, ...now }
}

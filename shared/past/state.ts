import type { DelegationState, WaitingFor } from '../delegations/contract.ts'
import type { DelegationId, WorkspaceId } from '../kernel/ids.ts'
import type { MicroDollars } from '../kernel/money.ts'
import type { Position } from '../workspaces/contract.ts'

export type PastWorkspace = {
  parentId: WorkspaceId | null
  name: string
  position: Position | null
  isPausedHere: boolean
  isFrozenHere: boolean
  isDeleted: boolean
  createdAt: string
}

export type PastDelegation = {
  workspaceId: WorkspaceId
  fromWorkspaceId: WorkspaceId | null
  parentId: DelegationId | null
  state: DelegationState
  waitingFor: WaitingFor | null
  since: string
}

/** An org as its log tells it at `seq`; plain JSON. Work that is over is not in it. */
export type PastState = {
  seq: number
  /** When the last event happened; null before the first. */
  at: string | null
  workspaces: Record<WorkspaceId, PastWorkspace>
  delegations: Record<DelegationId, PastDelegation>
  /** What each workspace spent, and how often its work failed, on `day` (UTC). */
  day: string
  spend: Record<WorkspaceId, MicroDollars>
  failures: Record<WorkspaceId, number>
}

/** Before anything happened. */
export const emptyPast: PastState = {
  seq: 0,
  at: null,
  workspaces: {},
  delegations: {},
  day: '',
  spend: {},
  failures: {},
}

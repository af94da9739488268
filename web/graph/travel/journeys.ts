import type { DelegationState, WaitingFor } from '#shared/delegations/contract.ts'
import type { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import { liveStore } from '../../features/delegations/index.ts'
import type { StandsIn } from '../teams/project-work.ts'

/** One delegation that is on its way between two cards, or was the last to be. */
export type Journey = {
  id: DelegationId
  /** Null where a person, a schedule or a channel gave it. */
  from: WorkspaceId | null
  to: WorkspaceId
  state: DelegationState
  waitingFor: WaitingFor | null
}

/** An edge as drawn, or all that goes to and from a card. */
export type Stretch = { kind: 'edge'; from: WorkspaceId; to: WorkspaceId } | { kind: 'card'; id: WorkspaceId }

/** What travels there now; on an edge where nothing does, the last that did. */
export function journeysOn(stretch: Stretch, standsIn: StandsIn): Journey[] {
  const cardOf = (id: WorkspaceId) => standsIn.get(id) ?? id
  const ends = (from: WorkspaceId | null, to: WorkspaceId) => {
    const [giver, receiver] = [from === null ? null : cardOf(from), cardOf(to)]
    if (stretch.kind === 'edge') return giver === stretch.from && receiver === stretch.to
    return receiver === stretch.id || giver === stretch.id
  }
  const alive = [...liveStore.alive()].flatMap(({ id, fromWorkspaceId: from, workspaceId: to, state, waitingFor }) =>
    ends(from, to) ? [{ id, from, to, state, waitingFor }] : [],
  )
  if (alive.length > 0 || stretch.kind === 'card') return alive
  return [...liveStore.edges()].flatMap(({ from, to, lastEnded }) =>
    lastEnded && ends(from, to)
      ? [{ id: lastEnded.delegationId, from, to, state: lastEnded.state, waitingFor: null }]
      : [],
  )
}

import { useCallback, useSyncExternalStore } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { type Activity, liveStore } from '../../features/delegations/index.ts'
import { isSameSummary, summarise, type TeamSummary } from './team-summary.ts'

type Insides = ReadonlyMap<WorkspaceId, readonly WorkspaceId[]>

/** What goes on inside the teams that are one card; a card hears only of its own team. */
export function createTeamStore(activityOf: (id: WorkspaceId) => Activity) {
  let insides: Insides = new Map()
  let headOf = new Map<WorkspaceId, WorkspaceId>()
  const summaries = new Map<WorkspaceId, TeamSummary>()
  const listeners = new Map<WorkspaceId, Set<() => void>>()

  /** From now on these are the teams that are one card. */
  function set(next: Insides): void {
    const concerned = new Set([...insides.keys(), ...next.keys()])
    insides = next
    headOf = new Map([...next].flatMap(([head, members]) => [head, ...members].map((id) => [id, head] as const)))
    for (const head of concerned) recount(head)
  }

  /** Counts anew where one of these stands. */
  function hear(changed: Iterable<WorkspaceId>): void {
    if (headOf.size === 0) return
    const heads = new Set<WorkspaceId>()
    for (const id of changed) {
      const head = headOf.get(id)
      if (head !== undefined) heads.add(head)
    }
    for (const head of heads) recount(head)
  }

  function recount(head: WorkspaceId): void {
    const members = insides.get(head)
    const before = summaries.get(head)
    const next = members && summarise(activityOf(head), members.map(activityOf))
    if (next ? before && isSameSummary(before, next) : !before) return
    if (next) summaries.set(head, next)
    else summaries.delete(head)
    for (const listener of listeners.get(head) ?? []) listener()
  }

  function subscribe(id: WorkspaceId, listener: () => void): () => void {
    const own = listeners.get(id) ?? new Set()
    listeners.set(id, own)
    own.add(listener)
    return () => {
      own.delete(listener)
      if (own.size === 0 && listeners.get(id) === own) listeners.delete(id)
    }
  }

  return {
    set,
    hear,
    subscribe,
    summaryOf: (id: WorkspaceId) => summaries.get(id),
    headOf: (id: WorkspaceId) => headOf.get(id),
  }
}

/** The one of this page. */
export const teamStore = createTeamStore(liveStore.activity)

/** What this card's team does, while it is one card; else undefined. */
export function useTeam(id: WorkspaceId): TeamSummary | undefined {
  const subscribe = useCallback((listener: () => void) => teamStore.subscribe(id, listener), [id])
  return useSyncExternalStore(subscribe, () => teamStore.summaryOf(id))
}

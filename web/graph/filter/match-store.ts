import { useCallback, useSyncExternalStore } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { liveStore } from '../../features/delegations/index.ts'
import { cardState } from '../activity-words.ts'
import { graphView } from '../graph-view.ts'
import { nameOf } from '../names.ts'
import { isMatch, parseFilter } from './filter.ts'

/** A search by status follows the states, but no faster than an eye reads. */
const pauseMs = 250

/** What was found; undefined while nothing is searched for. `cards`: the cards the found ones are, or stand in. */
export type Matches = { ids: readonly WorkspaceId[]; cards: ReadonlySet<WorkspaceId> }

let matches: Matches | undefined
let workspaces: readonly Workspace[] = []
let standsIn: ReadonlyMap<WorkspaceId, WorkspaceId> = new Map()
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

export const matchStore = {
  now: () => matches,
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  /** Searches these workspaces until the answer is called. */
  follow(all: readonly Workspace[], hidden: ReadonlyMap<WorkspaceId, WorkspaceId>): () => void {
    workspaces = all
    standsIn = hidden
    look()
    const stopView = graphView.subscribe(look)
    const stopLive = liveStore.onFrame(() => {
      if (graphView.now().filter !== '') timer ??= setTimeout(look, pauseMs)
    })
    return () => {
      stopView()
      stopLive()
      clearTimeout(timer)
      timer = undefined
    }
  },
}

export function useMatches(): Matches | undefined {
  return useSyncExternalStore(matchStore.subscribe, matchStore.now)
}

/** True for a card that a search leaves out. */
export function useIsDimmed(id: WorkspaceId): boolean {
  return useSyncExternalStore(
    matchStore.subscribe,
    useCallback(() => matches !== undefined && !matches.cards.has(id), [id]),
  )
}

function look(): void {
  clearTimeout(timer)
  timer = undefined
  const terms = parseFilter(graphView.now().filter)
  if (terms.length === 0) {
    if (matches !== undefined) set(undefined)
    return
  }
  const now = Date.now()
  const ids = workspaces
    .filter((one) => isMatch(terms, one, cardState(one, liveStore.activity(one.id), nameOf, now).words))
    .map(({ id }) => id)
  const isSame = matches?.ids.length === ids.length && ids.every((id, index) => id === matches?.ids[index])
  const cards = new Set(ids.map((id) => standsIn.get(id) ?? id))
  const isSameCards = matches?.cards.size === cards.size && [...cards].every((id) => matches?.cards.has(id))
  if (!isSame || !isSameCards) set({ ids, cards })
}

function set(next: Matches | undefined): void {
  matches = next
  for (const listener of listeners) listener()
}

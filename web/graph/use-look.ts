import { useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { useCommands } from '../kernel/commands.ts'
import { matchStore } from './filter/match-store.ts'
import { heatCommands } from './heat/commands.ts'
import { heatStore } from './heat/heat-store.ts'
import { reveal, teamCommands } from './teams/commands.ts'
import { teamStore } from './teams/team-store.ts'
import type { Cards } from './use-cards.ts'

type Looking = {
  workspaces: readonly Workspace[]
  cards: Cards
  selectedId: WorkspaceId | null
  zoomTo: (ids: readonly WorkspaceId[]) => void
}

/** Keeps what is seen of the org true: teams as one card, the overlay's scale, what a search found. */
export function useLook({ workspaces, cards: { collapsing }, selectedId, zoomTo }: Looking): void {
  const latest = useRef(workspaces)
  latest.current = workspaces
  useLayoutEffect(() => teamStore.set(collapsing.insides), [collapsing])
  useEffect(() => heatStore.follow(collapsing.shown.map(({ id }) => id)), [collapsing])
  useEffect(() => matchStore.follow(workspaces, collapsing.standsIn), [workspaces, collapsing])
  // Whoever is chosen elsewhere must be seen; a team that is collapsed around the chosen one stays so.
  useEffect(() => {
    if (selectedId !== null) reveal(latest.current, selectedId)
  }, [selectedId])
  useCommands(
    useMemo(() => [...teamCommands({ workspaces: () => latest.current, zoomTo }), ...heatCommands()], [zoomTo]),
  )
}

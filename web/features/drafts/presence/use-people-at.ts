import { useCallback, useSyncExternalStore } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { type Person, presence } from './presence-store.ts'

/** The others who have this workspace selected or a text of it open. */
export function usePeopleAt(workspaceId: WorkspaceId): readonly Person[] {
  const subscribe = useCallback((listener: () => void) => presence.subscribe(workspaceId, listener), [workspaceId])
  return useSyncExternalStore(subscribe, () => presence.at(workspaceId))
}

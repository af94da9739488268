import { useEffect, useReducer } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { changeTabs, type OpenTabs, type TabsAction } from './open-tabs.ts'
import { keepTabs, readTabs } from './stored-tabs.ts'

/** The open files of a workspace, remembered in this browser. */
export function useOpenTabs(workspaceId: WorkspaceId, first: string): [OpenTabs, (action: TabsAction) => void] {
  const [state, dispatch] = useReducer(changeTabs, first, () => readTabs(workspaceId, first))
  useEffect(() => {
    keepTabs(workspaceId, state)
  }, [workspaceId, state])
  return [state, dispatch]
}

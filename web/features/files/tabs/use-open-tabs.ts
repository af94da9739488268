import { useEffect, useReducer } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { readStored, writeStored } from '../../../kernel/storage.ts'
import { changeTabs, type OpenTabs, openFirst, parseTabs, type TabsAction } from './open-tabs.ts'

/** The open files of a workspace, as this browser last had them. */
export function useOpenTabs(workspaceId: WorkspaceId, first: string): [OpenTabs, (action: TabsAction) => void] {
  const key = `editor.tabs.${workspaceId}`
  const [state, dispatch] = useReducer(changeTabs, first, () => readStored(key, parseTabs, openFirst(first)))
  useEffect(() => {
    writeStored(key, state)
  }, [key, state])
  return [state, dispatch]
}

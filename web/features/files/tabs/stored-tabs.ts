import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { readStored, writeStored } from '../../../kernel/storage.ts'
import { changeTabs, type OpenTabs, openFirst, parseTabs } from './open-tabs.ts'

/** The open files of a workspace, as this browser last had them. */
export function readTabs(workspaceId: WorkspaceId, first: string): OpenTabs {
  return readStored(keyOf(workspaceId), parseTabs, openFirst(first))
}

export function keepTabs(workspaceId: WorkspaceId, tabs: OpenTabs): void {
  writeStored(keyOf(workspaceId), tabs)
}

/** A file got another path while no tabs are on the screen. */
export function renameStoredTab(workspaceId: WorkspaceId, from: string, to: string): void {
  const tabs = readStored<OpenTabs | undefined>(keyOf(workspaceId), parseTabs, undefined)
  if (tabs) keepTabs(workspaceId, changeTabs(tabs, { type: 'renamed', from, to }))
}

function keyOf(workspaceId: WorkspaceId): string {
  return `editor.tabs.${workspaceId}`
}

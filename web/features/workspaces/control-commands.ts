import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { WorkspaceList } from '#shared/workspaces/contract.ts'
import type { Command } from '../../kernel/commands.ts'
import { queryClient } from '../../kernel/trpc.ts'
import { workspacesQuery } from './cache.ts'
import { controlOffers } from './control.ts'
import { controlKeys } from './control-entries.ts'
import { runControl } from './run-control.ts'

/** Pause and freeze by key and from the palette; each title says what it would do to what is selected. */
export function controlCommands(orgId: OrgId, selected: () => readonly WorkspaceId[]): Command[] {
  const offered = (kind: 'pause' | 'freeze', place: number) => {
    const list = queryClient.getQueryData<WorkspaceList>(workspacesQuery(orgId).queryKey)
    return controlOffers(list?.workspaces ?? [], selected(), kind)[place]
  }
  const command = (kind: 'pause' | 'freeze', place: number, title: string): Command => ({
    id: place === 0 ? `workspace.${kind}` : `workspace.${kind}-lift`,
    get title() {
      return offered(kind, place)?.label ?? title
    },
    group: 'Workspaces',
    ...(place === 0 ? { keys: controlKeys[kind] } : {}),
    when: () => offered(kind, place) !== undefined,
    run: () => {
      const offer = offered(kind, place)
      if (offer) void runControl(orgId, offer)
    },
  })
  return [
    command('pause', 0, 'Pause or resume workspace'),
    command('pause', 1, 'Resume workspaces'),
    command('freeze', 0, 'Freeze or unfreeze workspace'),
    command('freeze', 1, 'Unfreeze workspaces'),
  ]
}

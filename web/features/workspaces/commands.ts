import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Command } from '../../kernel/commands.ts'
import { askWorkspace } from './ask.ts'

/** What can be done with workspaces now: one list for the palette, the keyboard and the menus. */
export function workspaceCommands(selected: () => readonly WorkspaceId[]): Command[] {
  const first = () => selected()[0]
  return [
    {
      id: 'workspace.create',
      title: 'New workspace',
      group: 'Workspaces',
      keys: 'N',
      run: () => askWorkspace({ kind: 'create', parentId: null }),
    },
    {
      id: 'workspace.create-here',
      title: 'New workspace under the selected one',
      group: 'Workspaces',
      keys: 'Shift+N',
      when: () => first() !== undefined,
      run: () => askWorkspace({ kind: 'create', parentId: first() ?? null }),
    },
    {
      id: 'workspace.rename',
      title: 'Rename workspace',
      group: 'Workspaces',
      keys: 'F2',
      when: () => selected().length === 1,
      run: () => withOne(first(), (workspaceId) => askWorkspace({ kind: 'rename', workspaceId })),
    },
    {
      id: 'workspace.delete',
      title: 'Delete workspace',
      group: 'Workspaces',
      keys: ['Delete', 'Backspace'],
      when: () => selected().length > 0,
      run: () => askWorkspace({ kind: 'delete', workspaceIds: selected() }),
    },
  ]
}

function withOne(id: WorkspaceId | undefined, act: (id: WorkspaceId) => void): void {
  if (id !== undefined) act(id)
}

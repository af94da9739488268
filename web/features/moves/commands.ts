import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Command } from '../../kernel/commands.ts'
import { askMove } from './ask.ts'

export function moveCommands(selected: () => readonly WorkspaceId[]): Command[] {
  return [
    {
      id: 'workspace.move',
      title: 'Move workspace to…',
      group: 'Workspaces',
      keys: 'M',
      when: () => selected().length > 0,
      run: () => askMove({ kind: 'pick', workspaceIds: selected() }),
    },
  ]
}

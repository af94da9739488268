import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Command } from '../../kernel/commands.ts'
import { askDelegation } from './ask.ts'

export function delegationCommands(selected: () => readonly WorkspaceId[]): Command[] {
  return [
    {
      id: 'delegation.create',
      title: 'New delegation',
      group: 'Delegations',
      keys: 'D',
      run: () => askDelegation(selected()[0] ?? null),
    },
  ]
}

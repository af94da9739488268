import type { Command } from '../../kernel/commands.ts'
import { askSnapshots } from './ask.ts'

export const snapshotCommands: readonly Command[] = [
  {
    id: 'snapshots.open',
    title: 'Snapshots of this organisation',
    group: 'Organisation',
    run: () => askSnapshots(true),
  },
]

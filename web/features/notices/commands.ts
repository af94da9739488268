import type { Command } from '../../kernel/commands.ts'
import { askNotices } from './ask.ts'

export const noticesCommands: readonly Command[] = [
  { id: 'notices.open', title: 'See what happened', group: 'Organisation', keys: 'B', run: () => askNotices(true) },
]

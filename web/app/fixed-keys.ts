import type { Command } from '#web/kernel/commands.ts'

/** Keys that belong to a kind of control rather than to a command: told in the overview, heard where the control is. */
export type FixedKeys = Pick<Command, 'id' | 'title' | 'scope'> & { keys: readonly string[] }

export const fixedKeys: readonly FixedKeys[] = [
  {
    id: 'walk',
    title: 'Walk over the chart',
    scope: 'graph',
    keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'],
  },
  { id: 'ends', title: 'Go to the first or the last workspace', scope: 'graph', keys: ['Home', 'End'] },
  { id: 'menu', title: 'Open the menu of a workspace', scope: 'graph', keys: ['Shift+F10'] },
  { id: 'close', title: 'Close what lies over the page', scope: 'page', keys: ['Escape'] },
  { id: 'next', title: 'Go to the next control', scope: 'page', keys: ['Tab'] },
]

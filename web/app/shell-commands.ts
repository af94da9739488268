import type { Command } from '#web/kernel/commands.ts'
import { chooseTheme } from '#web/kernel/theme.ts'
import { focusGraph, toggleDock, toggleFullDock, toggleInspector } from './shell-state.ts'

/** How the room is divided and lit, by key and from the palette. */
export const shellCommands: readonly Command[] = [
  {
    id: 'shell.inspector',
    title: 'Show or hide the inspector',
    group: 'View',
    keys: 'Mod+B',
    allowWhileTyping: true,
    run: toggleInspector,
  },
  {
    id: 'shell.dock',
    title: 'Show or hide the dock',
    group: 'View',
    keys: 'Mod+J',
    allowWhileTyping: true,
    run: toggleDock,
  },
  {
    id: 'shell.dock-full',
    title: 'Give the dock all the room, or share it again',
    group: 'View',
    keys: 'Mod+Shift+J',
    allowWhileTyping: true,
    run: toggleFullDock,
  },
  {
    id: 'shell.graph',
    title: 'Go to the graph',
    group: 'View',
    keys: 'Mod+\\',
    allowWhileTyping: true,
    run: focusGraph,
  },
  { id: 'theme.light', title: 'Use the light theme', group: 'View', run: () => chooseTheme('light') },
  { id: 'theme.dark', title: 'Use the dark theme', group: 'View', run: () => chooseTheme('dark') },
  {
    id: 'theme.contrast',
    title: 'Use the high contrast theme',
    group: 'View',
    run: () => chooseTheme('contrast'),
  },
  { id: 'theme.system', title: 'Use the theme of the system', group: 'View', run: () => chooseTheme('system') },
]

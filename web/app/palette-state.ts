import { useSyncExternalStore } from 'react'
import type { Command } from '#web/kernel/commands.ts'

export type Overlay = 'none' | 'palette' | 'shortcuts'

const listeners = new Set<() => void>()
let overlay: Overlay = 'none'
let typed = ''

export function useOverlay(): Overlay {
  return useSyncExternalStore(subscribe, () => overlay)
}

export function openPalette(): void {
  show('palette')
}

export function openShortcuts(): void {
  show('shortcuts')
}

export function closeOverlay(): void {
  show('none')
}

export const overlayCommands: readonly Command[] = [
  {
    id: 'app.palette',
    title: 'Find a command or a place',
    group: 'Help',
    keys: 'Mod+K',
    allowWhileTyping: true,
    isHidden: true,
    run: openPalette,
  },
  { id: 'app.shortcuts', title: 'Keyboard shortcuts', group: 'Help', keys: ['?', 'Mod+/'], run: openShortcuts },
]

/** What was typed for what is open before it was there. */
export function typedAhead(): string {
  return typed
}

export function typeAhead(text: string): void {
  typed = text
}

function show(next: Overlay): void {
  if (next === overlay) return
  overlay = next
  typed = ''
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

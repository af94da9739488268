import { useSyncExternalStore } from 'react'
import { type Command, holdKeys } from '#web/kernel/commands.ts'

export type Overlay = 'none' | 'palette' | 'shortcuts'

const listeners = new Set<() => void>()
let overlay: Overlay = 'none'

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

function show(next: Overlay): void {
  overlay = next
  // It may still be on its way: what is typed meanwhile is meant for it.
  holdKeys(next !== 'none')
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

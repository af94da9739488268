import { useSyncExternalStore } from 'react'
import { oneOf, readStored, writeStored } from './storage.ts'

export type ThemeChoice = 'light' | 'dark' | 'system'
export type Theme = 'light' | 'dark'

const parseChoice = oneOf('light', 'dark', 'system')
const listeners = new Set<() => void>()
let choice: ThemeChoice = readStored('theme', parseChoice, 'system')

/** What the person chose, and what is shown. `public/theme.js` has painted it already when this loads. */
export function useTheme(): { choice: ThemeChoice; theme: Theme; choose: (next: ThemeChoice) => void } {
  const current = useSyncExternalStore(subscribe, () => choice)
  const theme = useSyncExternalStore(subscribe, shownTheme)
  return { choice: current, theme, choose: chooseTheme }
}

export function chooseTheme(next: ThemeChoice): void {
  choice = next
  writeStored('theme', next)
  show()
}

/** Follows the system and other tabs; returns the way to stop. Called once by main. */
export function startTheme(): () => void {
  const system = darkQuery()
  const onStorage = (event: StorageEvent) => {
    if (event.key !== 'delegraph.theme') return
    choice = readStored('theme', parseChoice, 'system')
    show()
  }
  system.addEventListener('change', show)
  window.addEventListener('storage', onStorage)
  show()
  return () => {
    system.removeEventListener('change', show)
    window.removeEventListener('storage', onStorage)
  }
}

function shownTheme(): Theme {
  if (choice !== 'system') return choice
  return darkQuery().matches ? 'dark' : 'light'
}

function show(): void {
  document.documentElement.dataset.theme = shownTheme()
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function darkQuery(): MediaQueryList {
  return window.matchMedia('(prefers-color-scheme: dark)')
}

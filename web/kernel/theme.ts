import { useSyncExternalStore } from 'react'
import { oneOf, readStored, writeStored } from './storage.ts'

export type ThemeChoice = 'light' | 'dark' | 'contrast' | 'system'
/** `contrast` is a dark room in which nothing is faint. */
export type Theme = 'light' | 'dark' | 'contrast'

const parseChoice = oneOf('light', 'dark', 'contrast', 'system')
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
  const stopped = new AbortController()
  const { signal } = stopped
  for (const query of [darkQuery(), contrastQuery()]) query.addEventListener('change', show, { signal })
  window.addEventListener(
    'storage',
    (event) => {
      if (event.key !== 'delegraph.theme') return
      choice = readStored('theme', parseChoice, 'system')
      show()
    },
    { signal },
  )
  show()
  return () => stopped.abort()
}

function shownTheme(): Theme {
  if (choice !== 'system') return choice
  if (!darkQuery().matches) return 'light'
  return contrastQuery().matches ? 'contrast' : 'dark'
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

/** The system asks for more contrast; in a light room the light theme's own tokens answer it. */
function contrastQuery(): MediaQueryList {
  return window.matchMedia('(prefers-contrast: more)')
}

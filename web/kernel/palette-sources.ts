import { useEffect, useSyncExternalStore } from 'react'

/** One line the palette offers beside the commands, e.g. a place to go to. */
export type PaletteItem = {
  id: string
  title: string
  /** Said after the title, in a quieter voice. */
  hint?: string
  /** Further words it is found by. */
  keywords?: readonly string[]
  run: () => void
}

/** Answers a query with items. It is asked at each key stroke, so it must be quick and synchronous. */
export type PaletteSource = { id: string; group: string; search: (query: string) => readonly PaletteItem[] }

const sources = new Map<string, PaletteSource>()
const listeners = new Set<() => void>()
let snapshot: readonly PaletteSource[] = []

function registerPaletteSource(source: PaletteSource): () => void {
  sources.set(source.id, source)
  changed()
  return () => {
    if (sources.get(source.id) !== source) return
    sources.delete(source.id)
    changed()
  }
}

/** Offers it while the component is mounted. A source that has learnt more is a new one under the same id. */
export function usePaletteSource(source: PaletteSource): void {
  useEffect(() => registerPaletteSource(source), [source])
}

export function usePaletteSources(): readonly PaletteSource[] {
  return useSyncExternalStore(subscribe, () => snapshot)
}

function changed(): void {
  snapshot = [...sources.values()]
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

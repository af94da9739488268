import { useEffect } from 'react'

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

function registerPaletteSource(source: PaletteSource): () => void {
  sources.set(source.id, source)
  return () => {
    if (sources.get(source.id) === source) sources.delete(source.id)
  }
}

export function usePaletteSource(source: PaletteSource): void {
  useEffect(() => registerPaletteSource(source), [source])
}

export function paletteSources(): readonly PaletteSource[] {
  return [...sources.values()]
}

import { useSyncExternalStore } from 'react'

/** Words that name a place, wherever they stand in a text, and the way there. */
export type WordLink = { words: string; run: () => void }

const listeners = new Set<() => void>()
let links: readonly WordLink[] = []

/** Texts name places also where none of them can be reached: then the words stay words. Gives the way to take them out again. */
export function offerWordLinks(next: readonly WordLink[]): () => void {
  set(next)
  return () => {
    if (links === next) set([])
  }
}

export function useWordLinks(): readonly WordLink[] {
  return useSyncExternalStore(subscribe, () => links)
}

/** The text in order: words, and those of them that lead somewhere. */
export function splitAtLinks(text: string, known: readonly WordLink[]): readonly (string | WordLink)[] {
  const [first] = known
    .map((link) => ({ link, at: text.indexOf(link.words) }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at || b.link.words.length - a.link.words.length)
  if (!first) return text === '' ? [] : [text]
  const { link, at } = first
  const before = at > 0 ? [text.slice(0, at)] : []
  return [...before, link, ...splitAtLinks(text.slice(at + link.words.length), known)]
}

function set(next: readonly WordLink[]): void {
  links = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

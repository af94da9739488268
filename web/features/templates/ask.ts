import { useSyncExternalStore } from 'react'
import type { Dropped } from './dropped.ts'

/** What of templates is open: the gallery, or the import, with what was dropped or chosen to begin with. */
export type TemplateQuestion =
  | { kind: 'gallery' }
  | { kind: 'import'; from?: { kind: 'dropped'; dropped: Dropped } | { kind: 'library'; slug: string; name: string } }

let question: TemplateQuestion | undefined
const listeners = new Set<() => void>()

/** Opens the gallery or the import, from wherever. */
export function askTemplates(next: TemplateQuestion | undefined): void {
  question = next
  for (const listener of listeners) listener()
}

export function useTemplateQuestion(): TemplateQuestion | undefined {
  return useSyncExternalStore(subscribe, () => question)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

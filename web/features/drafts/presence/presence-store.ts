import type { Aside, Here } from '#shared/drafts/asides.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { pageId } from './page-id.ts'

/** Somebody who is here, once however many pages they have open. */
export type Person = { userId: string; name: string; color: number; isEditing: boolean }

const nobody: readonly Person[] = []
/** As many as there are `--person-N` tokens. */
const colors = 6

/** Who else is here, outside React. A card hears of who comes to it and goes, not of what they do there. */
export function createPresence(ownPage: string) {
  const pages = new Map<string, Here>()
  const atWorkspace = new Map<WorkspaceId, readonly Person[]>()
  const cardListeners = new Map<WorkspaceId, Set<() => void>>()
  const pageListeners = new Set<() => void>()

  function hear(aside: Exclude<Aside, { kind: 'draft' }>): void {
    const touched = new Set<WorkspaceId | null>()
    const forget = (id: string) => {
      touched.add(pages.get(id)?.workspaceId ?? null)
      pages.delete(id)
    }
    const add = (here: Here) => {
      if (here.id.endsWith(ownPage)) return
      forget(here.id)
      pages.set(here.id, here)
      touched.add(here.workspaceId)
    }
    if (aside.kind === 'present') {
      for (const id of [...pages.keys()]) forget(id)
      for (const here of aside.all) add(here)
    } else if (aside.kind === 'here') add(aside.here)
    else forget(aside.id)
    for (const workspaceId of touched) if (workspaceId) tellCard(workspaceId)
    for (const listener of pageListeners) listener()
  }

  function tellCard(workspaceId: WorkspaceId): void {
    const before = atWorkspace.get(workspaceId) ?? nobody
    const now = peopleOf([...pages.values()].filter((here) => here.workspaceId === workspaceId))
    if (isSame(before, now)) return
    if (now.length > 0) atWorkspace.set(workspaceId, now)
    else atWorkspace.delete(workspaceId)
    for (const listener of cardListeners.get(workspaceId) ?? []) listener()
  }

  return {
    hear,
    at: (workspaceId: WorkspaceId) => atWorkspace.get(workspaceId) ?? nobody,
    subscribe(workspaceId: WorkspaceId, listener: () => void): () => void {
      const own = cardListeners.get(workspaceId) ?? new Set()
      cardListeners.set(workspaceId, own.add(listener))
      return () => {
        own.delete(listener)
        if (own.size === 0 && cardListeners.get(workspaceId) === own) cardListeners.delete(workspaceId)
      }
    },
    /** The other pages that have this file open. */
    pagesOn: (workspaceId: WorkspaceId, path: string) =>
      [...pages.values()].filter((here) => here.workspaceId === workspaceId && here.file?.path === path),
    subscribePages(listener: () => void): () => void {
      pageListeners.add(listener)
      return () => pageListeners.delete(listener)
    },
  }
}

export const presence = createPresence(pageId)

/** The same person has the same colour on every screen. */
export function colorOf(userId: string): number {
  let hash = 0
  for (const char of userId) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0
  return hash % colors
}

export function peopleOf(pages: readonly Here[]): readonly Person[] {
  const people = new Map<string, Person>()
  for (const { userId, name, file } of pages) {
    const isEditing = file !== null || people.get(userId)?.isEditing === true
    people.set(userId, { userId, name, color: colorOf(userId), isEditing })
  }
  return [...people.values()].sort((a, b) => a.name.localeCompare(b.name))
}

function isSame(before: readonly Person[], now: readonly Person[]): boolean {
  return (
    before.length === now.length &&
    before.every(({ userId, isEditing }, index) => {
      const other = now[index]
      return other?.userId === userId && other.isEditing === isEditing
    })
  )
}

import { useSyncExternalStore } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'

const unsaved = new Map<string, () => string>()
const listeners = new Set<() => void>()
/** How many views of a file are on the screen. */
const shown = new Map<string, number>()

/** Remembers in this page which texts are typed and not saved: for the marks on tabs, and for those who run them. Null once saved. */
export function markUnsaved(workspaceId: WorkspaceId, path: string, text: (() => string) | null): void {
  const key = `${workspaceId}/${path}`
  const was = unsaved.has(key)
  if (text === null) unsaved.delete(key)
  else unsaved.set(key, text)
  if (was === (text !== null)) return
  for (const listener of listeners) listener()
}

/** The file is on the screen, until the function given back is called: its text keeps its mark true. */
export function showFile(workspaceId: WorkspaceId, path: string): () => void {
  const key = `${workspaceId}/${path}`
  shown.set(key, (shown.get(key) ?? 0) + 1)
  return () => {
    const left = (shown.get(key) ?? 0) - 1
    if (left > 0) shown.set(key, left)
    else shown.delete(key)
  }
}

/** Somebody saved what was typed, or the file is gone: no text of a file that is not looked at takes its mark off. */
export function forgetUnsaved(workspaceId: WorkspaceId, path: string): void {
  if (!shown.has(`${workspaceId}/${path}`)) markUnsaved(workspaceId, path, null)
}

/** The file has another path, and what was typed in it goes along; of two texts the one that was at the new path stays. */
export function moveUnsaved(workspaceId: WorkspaceId, from: string, to: string): void {
  const text = unsaved.get(`${workspaceId}/${from}`)
  if (!text) return
  markUnsaved(workspaceId, from, null)
  if (!isUnsaved(workspaceId, to)) markUnsaved(workspaceId, to, text)
}

/** Nothing is unsaved at any path but these: what was typed in a file that is gone, and is open no more, is run no more. */
export function keepUnsavedOf(workspaceId: WorkspaceId, paths: readonly string[]): void {
  const place = `${workspaceId}/`
  const own = [...unsaved.keys()].flatMap((key) => (key.startsWith(place) ? [key.slice(place.length)] : []))
  for (const path of own) if (!paths.includes(path)) forgetUnsaved(workspaceId, path)
}

/** The texts of a workspace that are typed in this page and not saved, by path. */
export function unsavedTexts(workspaceId: WorkspaceId): Record<string, string> {
  const place = `${workspaceId}/`
  const own = [...unsaved].filter(([key]) => key.startsWith(place))
  return Object.fromEntries(own.map(([key, text]) => [key.slice(place.length), text()]))
}

export function isUnsaved(workspaceId: WorkspaceId, path: string): boolean {
  return unsaved.has(`${workspaceId}/${path}`)
}

export function useIsUnsaved(workspaceId: WorkspaceId | null, path: string): boolean {
  return useSyncExternalStore(subscribe, () => unsaved.has(`${workspaceId}/${path}`))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
